# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] id="titre"
# # TD04 — Modèles de taux de décharge
#
# Jusqu'ici, un neurone. Dans deux heures, une population qui se souvient, deux
# populations qui battent ensemble, et un anneau qui garde une direction en
# mémoire pendant que personne ne la lui montre.
#
# > **Objectifs.** À la fin, vous saurez :
# > - décrire une population par une seule courbe, et revenir du taux au
# >   courant ;
# > - trouver tous les équilibres d'une population récurrente, et juger chacun
# >   d'eux, par le calcul et par la simulation ;
# > - calculer le poids à partir duquel une population hésite entre deux états,
# >   et les courants où elle bascule ;
# > - prévoir quand excitation et inhibition se mettent à osciller, et à quelle
# >   fréquence ;
# > - expliquer pourquoi exciter l'inhibition peut la faire taire ;
# > - construire une mémoire en anneau, la lire, et dire ce qui l'abîme.
# >
# > **Prérequis.** Le TD02 : nullcline, point fixe, jacobienne, bifurcation.
# > Dériver une fonction composée.
# >
# > **Durée.** Deux heures. Si le temps presse, gardez les sections 8 et 10
# > pour chez vous.
# >
# > **Matériel repris.** La méthode du TD02. Aucune fonction : tout ce qui sert
# > ici, vous l'écrivez ici.

# %% [markdown] id="simplifications"
# > **Ce que ces modèles simplifient.**
# > - *Un nombre pour une foule.* Une population est son taux moyen. Les
# >   impulsions ont disparu, et avec elles la synchronie et le hasard.
# > - *Un seul temps.* τ résume la membrane et les synapses. Ni délai, ni
# >   adaptation.
# > - *Un courant sans unité.* On peut penser à des picoampères, mais rien ici
# >   n'en dépend : les courants sont en unités arbitraires.
# > - *Un plafond commode.* Nos populations saturent à 500 Hz. Aucune
# >   population du cortex ne s'en approche : les taux élevés de ce TD sont
# >   ceux d'un modèle, pas d'un cerveau.

# %% [markdown] id="preparation-texte"
# Exécutez d'abord les cinq cellules suivantes. Ensuite, chaque section peut
# se faire seule : quand elle a besoin d'une de vos fonctions, elle va la
# rechercher.

# %% id="preparation"
# %matplotlib inline
import numpy as np
from scipy.integrate import odeint

from course.dynamics import phase
from course.exercises import comparer, exercise, pronostic
from course.inputs import step
from course.plot.french import decimal, quantity, short
from course.plot.mpl import draw
from course.plot.scene import Axis, Line, Mark, Panel, Points, Scene
from course.profile import budget, profile
from course.rates import Cue, RingAttractor, ei_network, hysteresis
from course.rates import population, returns, transfer, with_transfer
from course.widgets import explore_bump, explore_ei_network
from course.widgets import explore_population

# %% id="dessin"
COULEURS = (("blue", "solid"), ("vermillion", "dash"), ("green", "dashdot"),
            ("purple", "dot"))


def cadre(nom, x, y, courbes, titre=""):
    """Un panneau ; x et y sont (mot, unité, (bas, haut))."""
    return Panel(nom, Axis(*x), Axis(*y), tuple(courbes), title=titre)


def montrer(*panneaux, hauteur=320):
    """Les panneaux côte à côte."""
    largeur = 7 if len(panneaux) == 1 else 9.5
    return draw(Scene(tuple((p,) for p in panneaux),
                      widths=(1,) * len(panneaux), height=hauteur), largeur)

# %% id="dessin-vitesse"
def evolution(vitesse, depart, T=200):
    """(t, r) pendant T ms depuis depart, quand dr/dt = vitesse(r)."""
    t = np.linspace(0, T, 1001)
    return t, odeint(lambda r, t: vitesse(r), depart, t)


def deux_departs(nom, cas, T=200):
    """r(t) depuis 0 (trait épais) et depuis 500 Hz (fin), par cas."""
    courbes = []
    for (mot, vitesse), c in zip(cas.items(), COULEURS, strict=False):
        for depart, trait in ((0, 2.6), (500, 1.2)):
            t, r = evolution(vitesse, depart, T)
            courbes.append(Line(t, r[:, 0], mot * (depart == 0), *c, trait))
    return cadre(nom, ("t", "ms", (0, T)), ("taux r", "Hz", (-15, 540)),
                 courbes, nom)

# %% id="dessin-pente"
def pentes(nom, cas, bornes=(-25, 25)):
    """dr/dt selon r, pour chaque cas : mot -> vitesse."""
    r = np.linspace(0, 500, 800)
    courbes = [Line(r, vitesse(r), mot, *c, 2.5) for (mot, vitesse), c
               in zip(cas.items(), COULEURS, strict=False)]
    return cadre(nom, ("taux r", "Hz", (0, 500)), ("dr/dt", "Hz/ms", bornes),
                 [*courbes, Mark(y=0, colour="ink", dash="solid")], nom)

# %% id="preparation-duree"
attente = budget(flash="10 s", td="20 s", complet="2 min")
print(f"Profil « {profile()} » : aucun calcul ne dépasse {attente}.")

# %% [markdown] id="courbe-situation"
# ## 1. Une courbe pour cent mille neurones
#
# ### Situation
#
# Un millimètre cube de cortex de souris contient près de cent mille neurones
# [1]. Personne n'écrira cent mille fois Hodgkin et Huxley pour comprendre
# pourquoi ce cortex garde un souvenir, ou pourquoi il bat.
#
# Changeons d'échelle. Une population reçoit un courant moyen ; elle répond par
# un **taux de décharge** moyen, en hertz. Presque rien sous un certain
# courant, de plus en plus au-delà, puis un plafond. Une seule courbe, la
# **fonction de transfert** Φ, résume tout cela.
#
# ### Prédire
#
# Une population plafonne à 500 Hz. Elle donne la moitié, 250 Hz, pour I = 10.
# Là, sa pente est de 50 Hz par unité de courant. Que donne-t-elle pour
# I = 15, et pour I = 0 ? En Hz, au jugé.

# %% id="courbe-pronostic"
pronostic("04.a", en_15=None, en_0=None)

# %% [markdown] id="courbe-formaliser"
# ### Formaliser
#
# Toute fonction positive et croissante conviendrait. Nous prenons une
# sigmoïde :
#
# $$\Phi(I) = r_{max}\;\frac{1 + \tanh\big[\kappa\,(I - I_{1/2})\big]}{2}$$
#
# - $r_{max}$ = 500 Hz, le taux le plus élevé ;
# - $I_{1/2}$ = 10, le courant qui en donne la moitié ;
# - $\kappa$ = 0,2, la raideur, en 1/unité de courant.
#
# Son avantage : elle ressemble aux courbes mesurées, et l'on sait écrire son
# inverse et sa dérivée.
#
# ### Coder
#
# Écrivez Φ. I peut être un nombre ou un tableau.

# %% id="courbe-fonction" exercise="04.1" points=1
def fI(I, r_max=500, kappa=0.2, I_half=10):
    """Taux de décharge (Hz) pour un courant I ; r_max en Hz."""
    ### BEGIN SOLUTION
    y = kappa * (I - I_half)
    return r_max * (1 + np.tanh(y)) / 2
    ### END SOLUTION

# %% id="courbe-verifier"
fI = exercise("04.1").check(fI)

# %% [markdown] id="courbe-figure-texte"
# ### Vérifier
#
# Traçons-la, puis changeons un réglage à la fois.

# %% id="courbe-figure"
I = np.linspace(-30, 50, 300)
reglages = ({}, {"kappa": 0.08}, {"I_half": 20}, {"r_max": 300})
mots = ("r_max = 500, κ = 0,2, I½ = 10", "κ = 0,08", "I½ = 20",
        "r_max = 300")
courbes = [Line(I, fI(I, **p), mot, *c, 2.5)
           for p, mot, c in zip(reglages, mots, COULEURS, strict=True)]
comparer("04.a", en_15=fI(15), en_0=fI(0))
print("écart avec la courbe du cours :",
      f"{np.abs(fI(I) - transfer(I)).max():.0e} Hz")
montrer(cadre("Φ", ("courant I", "", (-30, 50)), ("taux", "Hz", (-15, 540)),
              courbes))

# %% [markdown] id="courbe-commentaire"
# *Figure :* quatre sigmoïdes de −30 à 50. Celle des réglages habituels, en
# bleu plein, passe par 250 Hz en I = 10. Avec κ = 0,08, elle est plus douce ;
# avec I½ = 20, elle glisse à droite ; avec r_max = 300, elle plafonne plus
# bas.
#
# En I = 15, la pente du milieu prolongée donnerait 500 Hz : la courbe en
# est à 440, et n'atteindra jamais le plafond. En I = 0, il reste 9 Hz. Une
# sigmoïde n'est jamais tout à fait nulle : cette population ne se tait jamais.

# %% [markdown] id="inverse-predire"
# ### Prédire
#
# Posons la question à l'envers : quel courant faut-il pour un taux r ? Cette
# question a-t-elle une réponse pour **tous** les r de 0 à 500 Hz, bornes
# comprises, `"oui"` ou `"non"` ? Et de combien faut-il augmenter le courant
# pour passer de 250 à 499 Hz ?

# %% id="inverse-pronostic"
pronostic("04.b", tous_les_taux=None, courant_en_plus=None)

# %% [markdown] id="inverse-coder"
# ### Coder
#
# Sur le papier, isolez I dans r = Φ(I). `np.arctanh` est la réciproque de
# `np.tanh`.

# %% id="inverse-fonction" exercise="04.2" points=1
def fI_inverse(r, r_max=500, kappa=0.2, I_half=10):
    """Courant qui donne le taux r (Hz), pour 0 < r < r_max."""
    ### BEGIN SOLUTION
    y = np.arctanh(2 * r / r_max - 1)
    return I_half + y / kappa
    ### END SOLUTION

# %% id="inverse-verifier"
fI_inverse = exercise("04.2").check(fI_inverse)

# %% id="inverse-figure"
from course.rates import transfer_inverse

r = np.linspace(0.01, 499.99, 2000)
comparer("04.b", tous_les_taux="non",
         courant_en_plus=fI_inverse(499) - fI_inverse(250))
print("Φ puis Φ⁻¹, écart le plus grand :",
      f"{np.abs(fI(fI_inverse(r)) - r).max():.0e} Hz")
try:
    transfer_inverse(500)
except ValueError as refus:
    print("À 500 Hz, le cours refuse :", refus)
milieu = fI_inverse(375) - fI_inverse(125)
print("pour passer de 125 à 375 Hz, l'écart est de", decimal(milieu, 1))
montrer(cadre("inverse", ("taux r", "Hz", (0, 500)), ("courant", "",
        (-20, 40)), [Line(r, fI_inverse(r), "", "blue", width=2.5)]))

# %% [markdown] id="inverse-commentaire"
# *Figure :* le courant en fonction du taux. Presque plate au milieu, la courbe
# plonge à gauche et s'envole à droite, le long des deux bords.
#
# Aux bords, il n'y a pas de réponse : il faudrait un courant infini. Et près
# d'eux, chaque hertz coûte cher : passer de 250 à 499 Hz demande 15,5 unités,
# quand 5,5 mènent de 125 à 375 Hz.

# %% [markdown] id="pente-coder"
# ### Coder
#
# Dernière pièce : la pente. Elle dira tout de la stabilité. Dérivez Φ sur le
# papier. La dérivée de tanh est $1 - \tanh^2$.

# %% id="pente-fonction" exercise="04.3" points=1
def fI_derivee(I, r_max=500, kappa=0.2, I_half=10):
    """dΦ/dI, en Hz par unité de courant."""
    ### BEGIN SOLUTION
    y = kappa * (I - I_half)
    return r_max * kappa * (1 - np.tanh(y) ** 2) / 2
    ### END SOLUTION

# %% id="pente-verifier"
fI_derivee = exercise("04.3").check(fI_derivee)

# %% id="pente-figure"
I = np.linspace(-30, 50, 300)
for dI in (1, 0.5, 0.25):
    corde = (fI(I + dI) - fI(I - dI)) / (2 * dI)
    print(f"corde de demi-largeur {short(dI)} : écart",
          decimal(np.abs(corde - fI_derivee(I)).max(), 4))
gauche = cadre("selon I", ("courant I", "", (-30, 50)), (
    "pente Φ′", "Hz/unité", (0, 55)), [Line(I, fI_derivee(I), "", "blue")])
droite = cadre("selon r", ("taux r", "Hz", (0, 500)), (
    "pente Φ′", "Hz/unité", (0, 55)), [
        Line(fI(I), fI_derivee(I), "", "vermillion")])
montrer(gauche, droite)

# %% [markdown] id="pente-commentaire"
# *Figure :* la pente de Φ. À gauche, selon le courant : une cloche centrée en
# 10, haute de 50. À droite, selon le taux : une parabole, nulle en 0 et en
# 500 Hz.
#
# Divisez la corde par deux : l'écart est divisé par quatre. Votre dérivée est
# la bonne. Quant à la parabole, elle a une formule qui servira souvent :
#
# $$\Phi' = 2\,\kappa\,r\,\Big(1 - \frac{r}{r_{max}}\Big)$$
#
# Une population silencieuse est sourde, une population saturée aussi. On n'est
# sensible qu'entre les deux.

# %% [markdown] id="frein-situation"
# ## 2. S'entendre soi-même, pour se freiner
#
# ### Situation
#
# Les neurones d'une population sont connectés entre eux. Ce qu'elle dit, elle
# l'entend. Son courant est donc la somme de deux : $I_{ext}$, qui vient
# d'ailleurs, et $w\,r$, qui vient d'elle-même. Si $w < 0$, elle s'inhibe ; si
# $w > 0$, elle s'excite.
#
# ### Formaliser
#
# Le taux ne saute pas à Φ : il y va, en un temps τ.
#
# $$\frac{dr}{dt} = \frac{\Phi(I_{ext} + w\,r) - r}{\tau}$$
#
# - $r$ est le taux, en Hz ; $t$ et $\tau$ sont en ms ; nous prenons τ =
#   20 ms ;
# - $w$, le poids, est en unités de courant par Hz.
#
# ### Coder
#
# Écrivez cette dérivée. Φ est un argument : n'importe quelle fonction du
# courant doit convenir.

# %% id="frein-fonction" exercise="04.4" points=1
def drdt(r, I_ext, w, tau, Phi):
    """dr/dt en Hz/ms ; Phi est une fonction du courant."""
    ### BEGIN SOLUTION
    courant = I_ext + w * r
    return (Phi(courant) - r) / tau
    ### END SOLUTION

# %% id="frein-verifier"
drdt = exercise("04.4").check(drdt)

# %% [markdown] id="frein-predire"
# ### Prédire
#
# Sans récurrence, I = 20 donne 491 Hz. On ajoute une inhibition, w = −0,1.
#
# Quel taux la population atteint-elle, partie de 0 ? Partie de 500 Hz,
# va-t-elle au même, `"oui"` ou `"non"` ?

# %% id="frein-pronostic"
pronostic("04.c", taux_final=None, le_même=None)

# %% id="frein-vitesse"
fI = exercise("04.1").recall()


def vitesse(I_ext, w):
    """La fonction r -> dr/dt, par vos deux fonctions."""
    return lambda r: drdt(r, I_ext, w, 20, fI)

# %% id="frein-figure"
bas, haut = (evolution(vitesse(20, -0.1), r)[1][-1, 0] for r in (0, 500))
print(f"I = 20 : parti de 0, {quantity(bas, 'Hz')} ; parti de 500,",
      quantity(haut, "Hz"))
comparer("04.c", taux_final=bas, le_même="oui")
panneaux = [deux_departs(f"w = {short(w)}", {
    f"I = {I}": vitesse(I, w) for I in (0, 10, 20)}) for w in (-0.02, -0.1)]
montrer(*panneaux)

# %% [markdown] id="frein-commentaire"
# *Figure :* r(t) pendant 200 ms, pour trois courants, depuis 0 (trait épais)
# et depuis 500 Hz (trait fin). À gauche, une inhibition faible ; à droite, une
# forte. Les deux départs se rejoignent toujours. À droite, les courants 10 et
# 20 mènent bien plus bas, et plus tôt.
#
# Une seule destination par courant. L'inhibition coûte cher en taux : 127 Hz
# au lieu de 491. Elle achète deux choses : une réponse plus rapide, et une
# échelle moins vite saturée.
#
# Fallait-il simuler ? Un état stationnaire vérifie dr/dt = 0. Regardons dr/dt
# lui-même.

# %% id="frein-derivee"
panneaux = [pentes(f"w = {short(w)}", {
    f"I = {I}": vitesse(I, w) for I in (0, 10, 20)}) for w in (-0.02, -0.1)]
montrer(*panneaux)

# %% [markdown] id="frein-derivee-commentaire"
# *Figure :* dr/dt selon r, pour les mêmes courants. Six courbes décroissantes.
# Chacune coupe zéro une fois, et une seule.
#
# À gauche du zéro, dr/dt est positif : le taux monte. À droite, il descend. On
# y revient donc des deux côtés. Et pourquoi une seule fois ? Quand w < 0,
# $\Phi(I_{ext} + w\,r)$ décroît avec r, et −r aussi : leur somme ne peut
# traverser zéro qu'une fois.

# %% [markdown] id="frein-expliquer" exercise="04.1x" manual=true points=1
# ### Expliquer
#
# Pourquoi la population qui s'inhibe arrive-t-elle plus vite à destination que
# celle qui ne s'entend pas ? Lisez la réponse sur la pente de dr/dt.
#
# ### BEGIN SOLUTION
# Près de l'équilibre, dr/dt est presque une droite : plus elle est inclinée,
# plus le rappel est fort. L'inhibition l'incline davantage. Un taux trop haut
# est ramené deux fois : par sa propre fuite, −r/τ, et par le courant qu'il se
# retire à lui-même.
# ### END SOLUTION

# %% [markdown] id="excite-situation"
# ## 3. S'entendre soi-même, pour s'emballer
#
# ### Situation
#
# Un singe voit un point lumineux, puis plus rien pendant trois secondes. Il
# devra ensuite regarder là où était le point. Dans son cortex préfrontal, des
# neurones déchargent pendant **toute** l'attente [2]. Rien ne les y pousse
# plus de l'extérieur. Qui les entretient ?
#
# ### Prédire
#
# Même population, mais w = 0,05 : elle s'excite elle-même. On essaie trois
# courants, −8, −2 et 3, depuis 0 et depuis 500 Hz. Pour **combien** de ces
# courants les deux départs arrivent-ils au même taux ?

# %% id="excite-pronostic"
pronostic("04.d", courants_sans_mémoire=None)

# %% id="excite-vitesse"
drdt, fI = exercise("04.4").recall(), exercise("04.1").recall()


def vitesse(I_ext, w):
    """La fonction r -> dr/dt, par vos deux fonctions."""
    return lambda r: drdt(r, I_ext, w, 20, fI)

# %% id="excite-figure"
cas, meme = {f"I = {short(I)}": vitesse(I, 0.05) for I in (-8, -2, 3)}, 0
for mot, f in cas.items():
    bas, haut = (evolution(f, r, 400)[1][-1, 0] for r in (0, 500))
    meme += abs(bas - haut) < 1
    print(f"{mot} : de 0, {quantity(bas, 'Hz')} ; de 500,",
          quantity(haut, "Hz"))
comparer("04.d", courants_sans_mémoire=meme)
montrer(deux_departs("w = 0,05", cas, 400), pentes("dr/dt", cas, (-15, 12)))

# %% [markdown] id="excite-commentaire"
# *Figure :* à gauche, r(t) depuis 0 et depuis 500 Hz. À I = −8, les deux
# s'éteignent ; à I = 3, les deux montent près de 500 ; à I = −2, en orange
# tireté, l'un reste à 4 Hz et l'autre à 497. À droite, dr/dt : une ondulation
# au lieu d'une pente. À I = −2, elle coupe zéro trois fois.
#
# À I = −2, le taux final dépend du **passé**. Rien dans le courant ne dit si
# la population est en haut ou en bas : elle se le rappelle. C'est la mémoire
# la plus simple qui soit, une mémoire d'un bit.
#
# Trois zéros, et pourtant deux destinations. Le zéro du milieu, vers 233 Hz,
# n'apparaît dans aucune simulation. Cherchons ce qu'il est, après avoir vu
# d'où il vient.

# %% [markdown] id="excite-w-predire"
# ### Prédire
#
# Fixons I = 0, et renforçons l'excitation : w = 0,03, puis 0,05, puis 0,12.
# Combien d'états stationnaires dans chaque cas ?

# %% id="excite-w-pronostic"
pronostic("04.e", poids_faible=None, poids_moyen=None, poids_fort=None)

# %% id="excite-w-figure"
r = np.linspace(0, 500, 4001)
zeros = {}
for w in (0.03, 0.05, 0.12):
    v = vitesse(0, w)(r)
    zeros[w] = int(((v[:-1] > 0) != (v[1:] > 0)).sum())
comparer("04.e", poids_faible=zeros[0.03], poids_moyen=zeros[0.05],
         poids_fort=zeros[0.12])
montrer(pentes("I = 0", {f"w = {short(w)}": vitesse(0, w) for w in (
    0.01, 0.03, 0.05, 0.12)}, (-15, 18)), hauteur=380)

# %% [markdown] id="excite-w-commentaire"
# *Figure :* dr/dt à I = 0, pour quatre poids. À 0,01 et 0,03, un zéro, en bas.
# À 0,05, trois. À 0,12, la courbe ne touche plus zéro qu'une fois, tout en
# haut.
#
# En renforçant peu à peu w, rien ne change, puis deux équilibres naissent d'un
# coup, puis deux disparaissent, et pas les mêmes. Le changement est
# **qualitatif** : ce n'est pas le taux qui se déplace, c'est le nombre de
# destins possibles. Vous connaissez ce mot depuis le TD02 : une bifurcation.

# %% [markdown] id="excite-manipuler"
# ### Manipuler
#
# Les mêmes courbes, vivantes, et avec votre Φ. La touche **?** donne la liste
# des touches. **Un défi :** à I = 0, cherchez le plus petit w pour lequel la
# population se souvient, puis le plus grand.
#
# <details><summary>Ouvrir la réponse, après avoir essayé</summary>
#
# De 0,034 à 0,106. Au-dessous, seul l'état bas existe ; au-dessus, seul l'état
# haut. La section 5 dira comment les calculer.
#
# </details>

# %% id="excite-explorer"
explore_population(fI=fI)

# %% [markdown] id="juger-situation"
# ## 4. Compter, puis juger
#
# ### Situation
#
# Une simulation ne trouve que les états où l'on reste. Pour les trouver
# **tous**, il faut chercher les zéros de dr/dt.
#
# ### Coder
#
# Rendez tous les taux où dr/dt s'annule, entre 0 et 500 Hz, du plus petit au
# plus grand, à 0,03 Hz près. Servez-vous de `drdt` et de `fI`. τ ne change
# rien aux zéros : prenez 20.

# %% id="juger-reprise"
drdt, fI = exercise("04.4").recall(), exercise("04.1").recall()

# %% id="juger-fonction" exercise="04.5" points=2
def points_fixes(I_ext, w):
    """Tous les taux stationnaires (Hz), en ordre croissant."""
    ### BEGIN SOLUTION
    r = np.linspace(0, 500, 20_001)
    v = drdt(r, I_ext, w, 20, fI)
    k = np.flatnonzero((v[:-1] > 0) != (v[1:] > 0))
    pente = (v[k + 1] - v[k]) / (r[k + 1] - r[k])
    return r[k] - v[k] / pente
    ### END SOLUTION

# %% id="juger-verifier"
points_fixes = exercise("04.5").check(points_fixes)

# %% [markdown] id="juger-predire"
# ### Prédire
#
# I = −2, w = 0,05 : trois équilibres. On pose le taux à 1 % **au-dessus** de
# chacun. Où va-t-il ? Répondez `"revient"`, `"monte"` ou `"descend"`.

# %% id="juger-pronostic"
pronostic("04.f", le_plus_bas=None, celui_du_milieu=None, le_plus_haut=None)

# %% id="juger-figure"
def depart_proche(r_star, I_ext=-2, w=0.05, T=300):
    """(t, r) depuis 1,01 r*."""
    t, r = evolution(lambda r: drdt(r, I_ext, w, 20, fI), 1.01 * r_star, T)
    return t, r[:, 0]


equilibres = np.array(points_fixes(-2, 0.05), float)
courbes = [Line(*depart_proche(x), f"1,01 × {decimal(x)} Hz", *c, 2.5)
           for x, c in zip(equilibres, COULEURS, strict=False)]
comparer("04.f", le_plus_bas="revient", celui_du_milieu="monte",
         le_plus_haut="revient")
montrer(cadre("1 %", ("t", "ms", (0, 300)), ("taux r", "Hz", (-15, 540)),
              [*courbes, *(Mark(y=x) for x in equilibres)]))

# %% [markdown] id="juger-commentaire"
# *Figure :* trois départs, 1 % au-dessus de chaque équilibre. Celui du bas et
# celui du haut restent plats. Celui du milieu, parti de 236 Hz, hésite puis
# monte à 497.
#
# Le zéro du milieu repousse. Un cheveu au-dessus, on monte ; un cheveu
# au-dessous, on descend. C'est la **ligne de partage** entre les deux
# mémoires, comme la séparatrice du TD02, mais en un seul point.
#
# ### Formaliser, sur le papier
#
# Peut-on le savoir sans simuler ? Posez $r = r^* + \delta r$, avec $\delta r$
# petit. Près d'un point, une fonction est presque sa tangente :
# $h(x) \approx h(x_0) + h'(x_0)\,(x - x_0)$.
#
# 1. Que devient $\Phi(I_{ext} + w\,r^* + w\,\delta r)$ ?
# 2. Que vaut alors $d(\delta r)/dt$ ? Que reste-t-il de $r^*$ ?
# 3. À quelle condition l'écart s'éteint-il ?
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# 1. $\Phi(I^*) + \Phi'(I^*)\,w\,\delta r$, avec $I^* = I_{ext} + w\,r^*$. Et
#    $\Phi(I^*) = r^*$, puisque c'est un équilibre.
# 2. $\dfrac{d\,\delta r}{dt} = \dfrac{w\,\Phi'(I^*) - 1}{\tau}\,\delta r =
#    \lambda\,\delta r$. Les deux $r^*$ se sont simplifiés.
# 3. $\delta r(t) = \delta r(0)\,e^{\lambda t}$ : il s'éteint si $\lambda < 0$,
#    donc si $w\,\Phi'(I^*) < 1$.
#
# </details>

# %% [markdown] id="juger-coder"
# ### Coder
#
# Rendez λ, pour le taux r (un tableau). Servez-vous de `fI_derivee`.

# %% id="juger-reprise-pente"
fI_derivee = exercise("04.3").recall()

# %% id="juger-lambda" exercise="04.6" points=2
def taux_de_croissance(r, I_ext, w, tau):
    """λ (1/ms) : un petit écart à r évolue comme exp(λ t)."""
    ### BEGIN SOLUTION
    pente = fI_derivee(I_ext + w * r)
    return (w * pente - 1) / tau
    ### END SOLUTION

# %% id="juger-lambda-verifier"
taux_de_croissance = exercise("04.6").check(taux_de_croissance)

# %% [markdown] id="juger-mesure-texte"
# ### Vérifier
#
# D'abord les trois équilibres : λ calculé, et λ mesuré sur les simulations
# parties à 1 %. Puis cinq cents réglages au hasard : le signe de λ dit-il
# toujours si l'on revient ?

# %% id="juger-mesure"
for x in equilibres:
    t, r = depart_proche(x)
    debut = (t > 0) & (t < 10)
    mesure = np.polyfit(t[debut], np.log(np.abs(r[debut] - x)), 1)[0]
    print(f"r* = {quantity(x, 'Hz')} : λ =",
          decimal(float(taux_de_croissance(x, -2, 0.05, 20)), 4),
          f"par ms ; mesuré : {decimal(mesure, 4)}")

# %% id="juger-hasard"
rng = np.random.default_rng(4)
I, w = rng.uniform(-30, 20, 500), rng.uniform(-0.1, 0.1, 500)
cas = np.array([(x, a, b) for a, b in zip(I, w, strict=True)
                for x in np.ravel(points_fixes(a, b)) if 0.1 < x < 499])
x, a, b = cas.T
stable = np.array([taux_de_croissance(*c, 20) for c in cas]) < 0
revient = returns(x, a, b, kick=0.001)
print(len(cas), "équilibres, dont", int((~stable).sum()), "instables ;",
      "désaccords :", int((stable != revient).sum()))

# %% [markdown] id="juger-mesure-commentaire"
# Les λ mesurés sont à peine différents des λ calculés : l'écart de 1 % n'est
# pas infiniment petit. Et sur cinq cents réglages, le papier et la simulation
# rendent le même verdict.
#
# Retenez la phrase : un équilibre est stable si **w Φ′ < 1**. w Φ′ est un
# gain : ce que la population s'ajoute à elle-même pour un hertz de plus. S'il
# dépasse un, chaque hertz en appelle plus d'un autre.

# %% [markdown] id="juger-expliquer" exercise="04.2x" manual=true points=1
# ### Expliquer
#
# L'équilibre du milieu est toujours instable quand il y en a trois. Pourquoi ?
# Raisonnez sur les signes de dr/dt, sans calculer λ.
#
# ### BEGIN SOLUTION
# dr/dt est positif en r = 0 et négatif en r = 500. Il passe donc zéro en
# descendant, puis en montant, puis en descendant. Le zéro du milieu est
# traversé en montant : au-dessus, on s'éloigne vers le haut, et au-dessous
# vers le bas.
# ### END SOLUTION

# %% [markdown] id="pli-situation"
# ## 5. Le pli
#
# ### Situation
#
# Pour chaque courant, on cherche les taux. Faisons l'inverse : pour chaque
# taux r, quel courant le rend stationnaire ? Il faut $\Phi(I_{ext} + w\,r) =
# r$, donc
#
# $$I_{ext} = \Phi^{-1}(r) - w\,r$$
#
# Une seule valeur, sans rien résoudre. Voilà à quoi servait l'inverse.

# %% id="pli-figure"
fI, fI_inverse = exercise("04.1").recall(), exercise("04.2").recall()
r = np.linspace(0.01, 499.99, 4000)
courbes = [Line(fI_inverse(r) - w * r, r, f"w = {short(w)}", *c, 2.5)
           for w, c in zip((0.05, 0.02, 0.01, -0.02), COULEURS, strict=True)]
montrer(cadre("pli", ("courant I_{ext}", "", (-20, 30)), (
    "taux stationnaire", "Hz", (-15, 520)), courbes), hauteur=380)

# %% [markdown] id="pli-commentaire"
# *Figure :* le taux stationnaire selon le courant extérieur, pour quatre
# poids. Plus w est grand, plus la courbe se redresse. À 0,02, elle est
# verticale au milieu. À 0,05, elle se **replie** : au-dessus d'un même
# courant, trois taux.
#
# ### Formaliser, sur le papier
#
# La courbe se retourne aux deux plis, où $dI_{ext}/dr = 0$.
#
# 1. Montrez que cela revient à $w\,\Phi' = 1$. Était-ce attendu ?
# 2. La plus grande valeur de Φ′ est $r_{max}\,\kappa/2$. À partir de quel w
#    la courbe se replie-t-elle ?
# 3. Avec $\Phi' = 2\kappa\,r\,(1 - r/r_{max})$, à quels taux sont les plis ?
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# 1. La pente de $\Phi^{-1}$ est $1/\Phi'$. Donc $1/\Phi' - w = 0$. C'est la
#    limite de stabilité, λ = 0 : un équilibre stable et un instable s'y
#    rejoignent. C'est un **col-nœud**.
# 2. $w_c = 2/(r_{max}\,\kappa)$ = 0,02.
# 3. $r = \dfrac{r_{max}}{2}\Big(1 \pm \sqrt{1 - \dfrac{2}{w\,r_{max}\,\kappa}}
#    \Big)$.
#
# </details>

# %% [markdown] id="pli-coder"
# ### Coder
#
# Rendez les deux courants des cols-nœuds, le plus petit d'abord. Les quatre
# réglages sont des arguments ; w dépasse toujours $w_c$.

# %% id="pli-fonction" exercise="04.7" points=3
def cols_noeuds(w, r_max, kappa, I_half):
    """(courant bas, courant haut) où deux équilibres se rejoignent."""
    ### BEGIN SOLUTION
    ecart = np.sqrt(1 - 2 / (w * r_max * kappa))
    courants = []
    for signe in (1, -1):
        r = r_max / 2 * (1 + signe * ecart)
        total = fI_inverse(r, r_max, kappa, I_half)
        courants.append(total - w * r)
    return courants[0], courants[1]
    ### END SOLUTION

# %% id="pli-verifier"
cols_noeuds = exercise("04.7").check(cols_noeuds)

# %% [markdown] id="pli-predire"
# ### Prédire
#
# w = 0,1. Le courant monte lentement, de −40 à 10, puis redescend. À quel
# courant la population s'allume-t-elle ? À quel courant s'éteint-elle ?

# %% id="pli-pronostic"
pronostic("04.g", allumage=None, extinction=None)

# %% id="pli-hysteresis"
votre_population = with_transfer(population, fI)
montee = np.arange(-40, 10.01, 0.5)
r_haut, r_bas = hysteresis(montee, montee[::-1], w=0.1,
                           model=votre_population)
bas, haut = (float(x) for x in cols_noeuds(0.1, 500, 0.2, 10))
print("cols-nœuds calculés :", decimal(bas, 4), "et", decimal(haut, 4))
allume = montee[np.argmax(r_haut > 250)]
eteint = montee[::-1][np.argmax(r_bas < 250)]
print("bascules simulées, par pas de 0,5 : à", decimal(allume),
      "en montant, à", decimal(eteint), "en descendant")
comparer("04.g", allumage=haut, extinction=bas)

# %% id="pli-hysteresis-figure"
r = np.linspace(0.001, 499.999, 4000)
montrer(cadre("hystérésis", ("courant I_{ext}", "", (-40, 10)), (
    "taux r", "Hz", (-20, 520)), [
        Line(fI_inverse(r) - 0.1 * r, r, "équilibres", "grey", "dot", 2.5),
        Points(montee, r_haut, "en montant", "vermillion", "triangle", 6),
        Points(montee[::-1], r_bas, "en descendant", "blue", "circle", 6,
               False), Mark(x=bas), Mark(x=haut)]), hauteur=380)

# %% [markdown] id="pli-hysteresis-commentaire"
# *Figure :* les équilibres pour w = 0,1, en gris pointillé, forment un S
# couché. Les triangles orange de la montée suivent la branche basse jusqu'à
# 0,14, puis sautent en haut. Les ronds bleus de la descente restent en haut
# jusqu'à −30,14, puis tombent.
#
# Entre les deux courants, trente unités d'écart : la population ne s'éteint
# pas là où elle s'est allumée. C'est l'**hystérésis**. Une brève impulsion de
# courant l'allume ; une brève impulsion négative l'éteint ; entre les deux,
# elle garde. Voilà comment un cortex peut tenir une note sans qu'on la lui
# joue.

# %% [markdown] id="pli-expliquer" exercise="04.3x" manual=true points=1
# ### Expliquer
#
# La branche haute de cette mémoire est à 500 Hz. Les neurones de l'attente,
# chez le singe, déchargent à quelques dizaines de hertz. Que manque-t-il à ce
# modèle pour garder un souvenir à un taux plus bas ? Proposez une piste.
#
# ### BEGIN SOLUTION
# L'état haut n'est arrêté que par la saturation de Φ : il est forcément près
# du plafond. Il faut autre chose pour borner l'excitation plus bas : une
# inhibition qui monte avec elle, ou une synapse qui sature avant les neurones.
# ### END SOLUTION

# %% [markdown] id="deux-situation"
# ## 6. Deux populations
#
# ### Situation
#
# Dans le cortex, quatre neurones sur cinq environ excitent, le dernier inhibe
# [1]. Les deux populations se répondent : E excite I, qui freine E.
#
# ### Formaliser
#
# $$\tau\frac{dr_E}{dt} = \Phi(I_E + w_{EE}\,r_E + w_{EI}\,r_I) - r_E
# \qquad
# \tau\frac{dr_I}{dt} = \Phi(I_I + w_{IE}\,r_E + w_{II}\,r_I) - r_I$$
#
# - le premier indice **reçoit** : $w_{EI}$ va de I vers E ;
# - $w_{EE}, w_{IE} > 0$ ; $w_{EI}, w_{II} < 0$. Nous prenons $w_{II} = 0$ ;
# - la même Φ et le même τ pour les deux. Wilson et Cowan ont étudié ce modèle
#   en 1972 [3].
#
# ### Coder
#
# Rendez les deux dérivées, dans l'ordre. Servez-vous de `fI`.

# %% id="deux-reprise"
fI = exercise("04.1").recall()
fI_inverse = exercise("04.2").recall()

# %% id="deux-fonction" exercise="04.8" points=2
def derivees(r_E, r_I, I_E, I_I, w_EE, w_EI, w_IE, tau):
    """(dr_E/dt, dr_I/dt) en Hz/ms, avec w_II = 0."""
    ### BEGIN SOLUTION
    courant_E = I_E + w_EE * r_E + w_EI * r_I
    courant_I = I_I + w_IE * r_E
    return (fI(courant_E) - r_E) / tau, (fI(courant_I) - r_I) / tau
    ### END SOLUTION

# %% id="deux-verifier"
derivees = exercise("04.8").check(derivees)

# %% [markdown] id="deux-predire"
# ### Prédire
#
# Nos poids : $w_{EE} = 0{,}1$, $w_{EI} = -0{,}1$, $w_{IE} = 0{,}1$, et
# $I_I = 0$. On allume $I_E = 5$, puis $I_E = 10$, depuis le silence. Dans
# chaque cas, l'activité finit-elle `"constante"` ou `"oscillante"` ?

# %% id="deux-pronostic"
pronostic("04.h", courant_faible=None, courant_fort=None)

# %% id="deux-integrer"
def duo(I_E, T=400):
    """(t, r_E, r_I) depuis le silence, par vos deux dérivées."""
    def vitesse(r):
        return np.ravel(derivees(*r, I_E, 0, 0.1, -0.1, 0.1, 20))
    t, etats = evolution(vitesse, [0, 0], T)
    return t, etats[:, 0], etats[:, 1]

# %% id="deux-figure"
panneaux = []
for I_E in (5, 10):
    t, r_E, r_I = duo(I_E)
    panneaux.append(cadre(f"I_E = {I_E}", ("t", "ms", (0, 400)), (
        "taux", "Hz", (0, 520)), [Line(t, r_E, "E", "vermillion", width=2.2),
        Line(t, r_I, "I", "blue", "dash", 2.2)], f"I_E = {I_E}"))
comparer("04.h", courant_faible="constante", courant_fort="oscillante")
montrer(*panneaux)

# %% [markdown] id="deux-commentaire"
# *Figure :* r_E en orange, r_I en bleu tireté, pendant 400 ms. À I_E = 5, deux
# ou trois vagues de plus en plus faibles, puis un plateau. À I_E = 10, des
# vagues qui ne faiblissent plus, I toujours un peu en retard sur E.
#
# Une population seule ne pouvait pas osciller : sur une droite, on ne repasse
# pas par où l'on est venu. À deux, on tourne. E s'emballe, entraîne I, I
# l'étouffe, I retombe faute d'excitation, et E repart.
#
# D'où viennent l'amorti et l'entretenu ? Comme au TD02, traçons deux courbes.

# %% [markdown] id="deux-nullclines-texte"
# ### Coder
#
# Rendez r_I sur chaque nullcline, en fonction de r_E : d'abord celle de r_E,
# puis celle de r_I. L'une demande l'inverse.

# %% id="deux-nullclines" exercise="04.9" points=2
def nullclines_EI(r_E, I_E, I_I, w_EE, w_EI, w_IE):
    """(r_I où dr_E/dt = 0, r_I où dr_I/dt = 0) ; w_II = 0."""
    ### BEGIN SOLUTION
    ou_E_s_arrete = (fI_inverse(r_E) - I_E - w_EE * r_E) / w_EI
    ou_I_s_arrete = fI(I_I + w_IE * r_E)
    return ou_E_s_arrete, ou_I_s_arrete
    ### END SOLUTION

# %% id="deux-nullclines-verifier"
nullclines_EI = exercise("04.9").check(nullclines_EI)

# %% id="deux-plan"
def plan(I_E, bord=(500, 520)):
    """Les deux nullclines, l'équilibre, et le chemin depuis le silence."""
    x = np.linspace(0.001, 499.999, 20_000)
    E, I = nullclines_EI(x, I_E, 0, 0.1, -0.1, 0.1)
    points = [Points([f["r_E"]], [f["r_I"]], "", "ink", "circle", 10,
                     f.stable) for f in phase.fixed_points(
        ei_network, ((0, bord[0]), (0, bord[1])), I_E=I_E)]
    return cadre(f"I_E = {I_E}", ("r_E", "Hz", (0, bord[0])), (
        "r_I", "Hz", (0, bord[1])), [
            Line(x, E, "dr_E/dt = 0", "vermillion", "dash", 2.5),
            Line(x, I, "dr_I/dt = 0", "blue", "dashdot", 2.5),
            Line(*duo(I_E)[1:], "", "ink", width=1.2), *points],
        f"I_E = {I_E}")

# %% id="deux-plan-figure"
montrer(plan(5), plan(10), hauteur=400)

# %% [markdown] id="deux-plan-commentaire"
# *Figure :* le plan r_E–r_I, de 0 à 500 Hz. La nullcline de r_E, orange
# tiretée, descend, remonte, puis redescend, comme la cubique du TD02 ; celle
# de r_I, bleue, est la sigmoïde. À gauche, elles se croisent en un rond plein,
# et la trajectoire noire s'y enroule. À droite, le croisement est un rond
# creux, et la trajectoire, après un grand détour, s'installe sur un cycle.
#
# Des deux côtés, le croisement est sur la partie **montante** de la courbe
# orange : là où E, seule, s'emballerait. À gauche, l'inhibition la retient
# encore. À droite, elle arrive trop tard.

# %% [markdown] id="rythme-situation"
# ## 7. La naissance d'un rythme
#
# ### Situation
#
# Entre I_E = 5 et 10, le repos s'est perdu. Où, exactement ? Et à quelle
# fréquence bat-on en partant ?
#
# ### Formaliser, sur le papier
#
# Notez $\Phi'_E$ et $\Phi'_I$ les pentes au point fixe.
#
# 1. Écrivez la jacobienne, puis sa trace T et son déterminant D.
# 2. À quelle condition la trace s'annule-t-elle ? Comparez avec une population
#    seule.
# 3. Cette condition donne $r_E$. Remontez à $r_I$, puis à $I_E$.
# 4. Que valent les valeurs propres à cet instant ? Et la fréquence ?
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# 1. $J = \dfrac1\tau\begin{pmatrix} w_{EE}\Phi'_E - 1 & w_{EI}\Phi'_E \\
#    w_{IE}\Phi'_I & -1 \end{pmatrix}$, $T = \dfrac{w_{EE}\Phi'_E - 2}{\tau}$,
#    $D = \dfrac{1 - w_{EE}\Phi'_E - w_{EI}w_{IE}\Phi'_E\Phi'_I}{\tau^2}$.
# 2. $w_{EE}\,\Phi'_E = 2$ : le double de ce que supporte E seule. L'inhibition
#    a repoussé la limite.
# 3. $2\kappa\,r_E(1 - r_E/r_{max}) = 2/w_{EE}$ : on garde la petite racine.
#    Puis $r_I = \Phi(I_I + w_{IE}r_E)$, et $I_E = \Phi^{-1}(r_E) -
#    w_{EE}r_E - w_{EI}r_I$.
# 4. T = 0 : $\lambda = \pm i\sqrt D$. La fréquence est $\sqrt D/2\pi$.
#
# </details>

# %% [markdown] id="rythme-coder"
# ### Coder
#
# Rendez le courant I_E et la fréquence, en hertz, avec les réglages habituels
# de Φ. On vous garantit D > 0.

# %% id="rythme-reprise"
fI = exercise("04.1").recall()
fI_inverse = exercise("04.2").recall()
fI_derivee = exercise("04.3").recall()

# %% id="rythme-fonction" exercise="04.10" points=3
def naissance_du_rythme(I_I, w_EE, w_EI, w_IE, tau):
    """(I_E, fréquence en Hz) de la bifurcation de Hopf ; w_II = 0."""
    ### BEGIN SOLUTION
    r_E = 250 * (1 - np.sqrt(1 - 1 / (25 * w_EE)))
    r_I = fI(I_I + w_IE * r_E)
    I_E = fI_inverse(r_E) - w_EE * r_E - w_EI * r_I
    pente_E, pente_I = 2 / w_EE, fI_derivee(I_I + w_IE * r_E)
    determinant = (-w_EI * w_IE * pente_E * pente_I - 1) / tau**2
    return I_E, 1000 * np.sqrt(determinant) / (2 * np.pi)
    ### END SOLUTION

# %% id="rythme-verifier"
naissance_du_rythme = exercise("04.10").check(naissance_du_rythme)

# %% [markdown] id="rythme-predire"
# ### Prédire
#
# Au TD02, le cycle de FitzHugh et Nagumo était grand dès sa naissance, et
# survivait plus bas. Ici, juste au-dessus de la bifurcation, l'oscillation
# est-elle `"petite"` ou `"grande"` ? Et sa fréquence, en Hz ?

# %% id="rythme-pronostic"
pronostic("04.i", oscillation=None, fréquence=None)

# %% id="rythme-mesure"
def battement(I_E, T=6000):
    """(fréquence en Hz, amplitude de r_E en Hz) depuis 1 % du repos."""
    f = min(phase.fixed_points(ei_network, ((0, 500), (0, 500)), I_E=I_E),
            key=lambda f: f["r_E"])
    essai = ei_network.simulate(T, dt=0.1, I_E=I_E, start={
        "r_E": 1.01 * f["r_E"], "r_I": f["r_I"]})
    t, x = essai.t[essai.t > T / 2], essai["r_E"][essai.t > T / 2]
    monte = t[1:][(x[:-1] < f["r_E"]) & (x[1:] >= f["r_E"])]
    hz = 1000 / np.diff(monte).mean() if np.ptp(x) > 0.1 else 0
    return hz, np.ptp(x)

# %% id="rythme-table"
I_H, f_H = (float(x) for x in np.ravel(naissance_du_rythme(
    0, 0.1, -0.1, 0.1, 20)))
print("papier :", f"I_E = {decimal(I_H, 4)},", quantity(f_H, "Hz"))
for d in (-0.5, -0.2, 0.1, 0.5, 1, 4):
    hz, ampleur = battement(I_H + d)
    print(f"I_E = I_H {'+' if d > 0 else '−'} {short(abs(d))} :",
          f"oscillation de {quantity(ampleur, 'Hz')} crête à crête,",
          quantity(hz, "Hz") if hz else "éteinte")
hz, ampleur = battement(I_H + 0.1)
comparer("04.i", oscillation="petite", fréquence=hz)

# %% id="rythme-diagramme"
d, traits = phase.bifurcations(ei_network, "I_E", (0, 30)), []
for k, b in enumerate(d.branches):
    for mot, tiret, ici in (("repos stable", "solid", b.stable),
                            ("repos instable", "dot", ~b.stable)):
        traits.append(Line(b.values, np.where(ici, b.state["r_E"], np.nan),
                           mot * (k == 0), "ink", tiret))
montee, = (s for s in d.cycles if s.direction == "montée")
bat = montee.high["r_E"] - montee.low["r_E"] > 0.5
for y, mot in ((montee.low, "extrêmes du cycle"), (montee.high, "")):
    traits.append(Points(montee.values[bat], y["r_E"][bat], mot,
                         "vermillion", "circle", 4))
print("Hopf à", *(decimal(x, 4) for x in d.hopf))
print("fin du cycle à", *(decimal(x, 2) for x in d.cycle_ends))

# %% id="rythme-diagramme-figure"
montrer(cadre("diagramme", ("courant I_E", "", (0, 30)), (
    "r_E, repos et extrêmes", "Hz", (-10, 520)), traits), hauteur=420)

# %% [markdown] id="rythme-commentaire"
# *Figure :* r_E selon I_E. Le repos, trait noir plein, devient pointillé à
# 6,63. De là part une enveloppe de points orange, d'abord serrée puis de plus
# en plus ouverte. Vers 19,9, elle s'arrête, et il ne reste qu'un repos, tout
# en haut, près de 500 Hz.
#
# Le rythme naît **petit**, et grandit peu à peu : la bifurcation est dite
# **super-critique**. En dessous, tout s'éteint ; pas de bistabilité, pas
# d'hystérésis. La fréquence de départ est celle du papier, 16 Hz, à moins de
# 5 % près.
#
# Au-delà de 19,9, l'inhibition est saturée, elle aussi : plus rien ne retient
# E. Le plafond de Φ est ici un artefact qui a des conséquences.

# %% [markdown] id="rythme-manipuler"
# ### Manipuler
#
# Trois vues liées : le plan, les deux taux, et ce diagramme. Un clic dans le
# diagramme choisit le courant. **Un défi :** gardez I_E = 10 et faites taire
# le rythme en ne touchant qu'à τ_I. Faut-il une inhibition plus rapide ou plus
# lente ?
#
# <details><summary>Ouvrir la réponse, après avoir essayé</summary>
#
# Plus rapide : au-dessous de 14 ms environ, le repos est stable. La trace
# devient $(w_{EE}\Phi'_E - 1)/\tau_E - 1/\tau_I$, et $w_{EE}\Phi'_E$ vaut ici
# 2,4. Un rythme naît d'une inhibition qui arrive **en retard**.
#
# </details>

# %% id="rythme-explorer"
explore_ei_network(fI=fI)

# %% [markdown] id="rythme-expliquer" exercise="04.4x" manual=true points=1
# ### Expliquer
#
# Les oscillations gamma du cortex battent entre 30 et 80 Hz. Ce modèle donne
# 16 Hz avec τ = 20 ms. Que changeriez-vous en premier ? Que prédit la
# formule ?
#
# ### BEGIN SOLUTION
# τ : la fréquence est inversement proportionnelle à τ, et le courant de la
# bifurcation n'en dépend pas. Avec τ = 8 ms, on bat à 40 Hz. C'est l'ordre de
# grandeur des synapses inhibitrices rapides.
# ### END SOLUTION

# %% [markdown] id="paradoxe-situation"
# ## 8. Exciter l'inhibition pour la faire taire
#
# ### Situation
#
# Avec un faisceau de lumière, on sait exciter les seuls neurones inhibiteurs
# d'un morceau de cortex. On enregistre ensuite ces mêmes neurones [5].
#
# ### Prédire
#
# $w_{EE} = 0{,}03$, $w_{EI} = -0{,}05$, $w_{IE} = 0{,}05$, $I_E = 15$. Le
# courant $I_I$ passe de 0 à 2. L'inhibition reçoit davantage. Une fois tout
# calmé, $r_I$ a-t-il `"monté"` ou `"baissé"` ? Et $r_E$ ?

# %% id="paradoxe-pronostic"
pronostic("04.j", r_I=None, r_E=None)

# %% id="paradoxe-mesure"
def repos(I_I, w_EE):
    """(r_E, r_I) stationnaires pour I_E = 15."""
    f, = phase.fixed_points(ei_network, ((0, 500), (0, 500)), I_E=15,
                            I_I=I_I, w_EE=w_EE, w_EI=-0.05, w_IE=0.05)
    return f["r_E"], f["r_I"]


for w_EE in (0.03, 0.01):
    (E_0, I_0), (E_2, I_2) = repos(0, w_EE), repos(2, w_EE)
    print(f"w_EE = {short(w_EE)} : r_I de {decimal(I_0, 2)} à",
          f"{quantity(I_2, 'Hz', 2)} ; r_E de {decimal(E_0, 2)} à",
          quantity(E_2, "Hz", 2))
comparer("04.j", r_I="baissé", r_E="baissé")

# %% id="paradoxe-figure"
panneaux = []
for w_EE in (0.03, 0.01):
    p = {"w_EE": w_EE, "w_EI": -0.05, "w_IE": 0.05, "I_E": 15}
    E, I = repos(0, w_EE)
    essai = ei_network.simulate(600, I_I=step(2, 100), start={
        "r_E": E, "r_I": I}, **p)
    panneaux.append(cadre(f"w_EE = {short(w_EE)}", ("t", "ms", (0, 600)), (
        "écart au départ", "Hz", (-75, 45)), [
            Line(essai.t, essai["r_E"] - E, "E", "vermillion", width=2.2),
            Line(essai.t, essai["r_I"] - I, "I", "blue", "dash", 2.2),
            Mark(x=100)], f"w_EE = {short(w_EE)}"))
montrer(*panneaux)

# %% [markdown] id="paradoxe-commentaire"
# *Figure :* l'écart des deux taux après que I_I est passé de 0 à 2, à
# t = 100 ms. À gauche, w_EE = 0,03 : r_I, bleu tireté, monte d'abord, puis
# redescend **sous** son niveau de départ, et y reste. À droite, w_EE = 0,01 :
# il reste au-dessus. Dans les deux cas, r_E chute.
#
# À gauche, l'inhibition reçoit plus de courant et finit par décharger
# **moins**. Le début était attendu. La suite est un règlement de comptes : r_E
# s'effondre, et I perd bien plus d'excitation qu'on ne lui a donné de lumière.
#
# ### Formaliser, sur le papier
#
# Les deux équilibres sont $r_E = \Phi(\dots)$ et $r_I = \Phi(\dots)$. Faites
# varier I_I d'un rien, $\delta I$, et cherchez $\delta r_I/\delta I$.
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# $\delta r_E = \Phi'_E\,(w_{EE}\,\delta r_E + w_{EI}\,\delta r_I)$ et
# $\delta r_I = \Phi'_I\,(\delta I + w_{IE}\,\delta r_E)$. En éliminant
# $\delta r_E$ :
#
# $$\frac{\delta r_I}{\delta I} = \frac{(1 - w_{EE}\Phi'_E)\,\Phi'_I}
# {1 - w_{EE}\Phi'_E - w_{EI}w_{IE}\,\Phi'_E\Phi'_I}$$
#
# Le dénominateur est $\tau^2 D$, positif si l'équilibre est stable. Le signe
# est donc celui de $1 - w_{EE}\Phi'_E$.
#
# </details>

# %% [markdown] id="paradoxe-coder"
# ### Coder
#
# Rendez dr_I/dI_I, à partir des deux pentes.

# %% id="paradoxe-fonction" exercise="04.11" points=2
def effet_sur_rI(pente_E, pente_I, w_EE, w_EI, w_IE):
    """dr_I/dI_I (Hz par unité de courant) ; w_II = 0."""
    ### BEGIN SOLUTION
    g = w_EE * pente_E
    boucle = -w_EI * w_IE * pente_E * pente_I
    return (1 - g) * pente_I / (1 - g + boucle)
    ### END SOLUTION

# %% id="paradoxe-verifier"
effet_sur_rI = exercise("04.11").check(effet_sur_rI)

# %% id="paradoxe-balayage"
w, formule, simule = np.linspace(0.004, 0.038, 18), [], []
for w_EE in w:
    E, I = repos(0, w_EE)
    pentes_EI = [0.4 * x * (1 - x / 500) for x in (E, I)]
    formule.append(effet_sur_rI(*pentes_EI, w_EE, -0.05, 0.05))
    simule.append((repos(0.01, w_EE)[1] - I) / 0.01)
E = repos(0, 0.03)[0]
print("pour w_EE = 0,03, w_EE Φ′_E =",
      decimal(0.03 * 0.4 * E * (1 - E / 500), 2))
montrer(cadre("balayage", ("w_EE", "", (0, 0.04)), (
    "dr_I/dI_I", "Hz/unité", (-10, 10)), [
        Line(w, np.ravel(formule), "formule", "vermillion", width=2.5),
        Points(w, simule, "mesuré", "blue"), Mark(y=0, dash="solid")]))

# %% [markdown] id="paradoxe-fin"
# *Figure :* dr_I/dI_I selon w_EE. La formule, trait orange, et les mesures,
# ronds bleus, se superposent. La courbe descend et traverse zéro vers
# w_EE = 0,02.
#
# Le paradoxe commence quand $w_{EE}\Phi'_E$ dépasse 1 : quand E, **seule**,
# serait instable. Avec w_EE = 0,03, ce gain vaut 1,43. Seule l'inhibition
# tient ce réseau debout ; on parle de réseau **stabilisé par l'inhibition**.
# Tsodyks et ses collègues l'ont prédit en 1997 [4] ; on l'a observé depuis
# dans le cortex de la souris [5].
#
# Un piège d'interprète, donc : un neurone inhibiteur dont le taux baisse n'est
# pas forcément un neurone que l'on a freiné.

# %% [markdown] id="paradoxe-expliquer" exercise="04.5x" manual=true points=1
# ### Expliquer
#
# Vous excitez les neurones inhibiteurs d'un cortex, et leur taux baisse. Que
# venez-vous d'apprendre sur les neurones **excitateurs** ?
#
# ### BEGIN SOLUTION
# Que leur excitation récurrente est assez forte, au point de repos, pour les
# rendre instables à eux seuls : w_EE Φ′ dépasse 1. Ce cortex ne tient que par
# son inhibition.
# ### END SOLUTION

# %% [markdown] id="anneau-situation"
# ## 9. Un anneau qui se souvient
#
# ### Situation
#
# Retrouvons le singe de la section 3. Le souvenir n'est pas un bit : c'est une
# **direction**. Chaque neurone du cortex préfrontal a la sienne, celle pour
# laquelle il décharge le plus pendant l'attente [2].
#
# Rangeons 128 petites populations en cercle, par direction préférée θ. Les
# voisines s'excitent ; toutes freinent toutes. On appelle ce modèle l'anneau,
# et ce qui y apparaît une *bump*, une **bosse d'activité** [6, 7].
#
# ### Formaliser
#
# $$\tau\frac{dr_i}{dt} = \Phi(I + s_i + \text{indice}_i) - r_i \qquad
# s_i = \frac1n\sum_{j} \big[J_0 + J_1\cos(\theta_i - \theta_j)\big]\,r_j$$
#
# - $s_i$ est le courant que l'unité i reçoit de l'anneau ;
# - $J_0 < 0$ est l'inhibition de tous par tous ; $J_1 > 0$ favorise les
#   voisines.
#
# ### Coder
#
# Rendez s, un tableau. Les angles sont en degrés.

# %% id="anneau-fonction" exercise="04.12" points=2
def couplage(r, theta, J0, J1):
    """Courant reçu par chaque unité ; r en Hz, theta en degrés."""
    ### BEGIN SOLUTION
    ecarts = np.radians(theta[:, None] - theta)
    J = J0 + J1 * np.cos(ecarts)
    return J @ r / len(r)
    ### END SOLUTION

# %% id="anneau-verifier"
couplage = exercise("04.12").check(couplage)

# %% [markdown] id="anneau-lire"
# Comment lire une direction dans 128 taux ? Chaque unité vote pour la sienne,
# d'une flèche aussi longue que son taux. On additionne les flèches : c'est le
# **vecteur population**.
#
# ### Coder
#
# `r` a une ligne par instant, une colonne par unité. Rendez un angle par
# ligne, entre 0 et 360 degrés.

# %% id="anneau-vecteur" exercise="04.13" points=2
def vecteur_population(r, theta):
    """Angle (degrés, de 0 à 360) que disent les unités, par ligne."""
    ### BEGIN SOLUTION
    a = np.radians(theta)
    x, y = r @ np.cos(a), r @ np.sin(a)
    return np.degrees(np.arctan2(y, x)) % 360
    ### END SOLUTION

# %% id="anneau-vecteur-verifier"
vecteur_population = exercise("04.13").check(vecteur_population)

# %% [markdown] id="anneau-predire"
# ### Prédire
#
# L'anneau est au repos, à 9 Hz partout. De 200 à 450 ms, un indice excite les
# unités voisines de 90 degrés. Puis plus rien. Deux secondes et demie plus
# tard, que vaut l'activité la plus forte, en Hz ? Et quel angle lit-on ?

# %% id="anneau-pronostic"
pronostic("04.k", taux_le_plus_fort=None, angle=None)

# %% id="anneau-memoire"
fI = exercise("04.1").recall()
anneau = RingAttractor(Phi=fI)
essai = anneau.simulate(3000, Cue(90), every=5)
s = couplage(essai.r[-1], anneau.theta, -0.2, 0.4)
reste = np.abs(fI(2 + s) - essai.r[-1]).max()
print("à la fin, Φ(I + s) − r ne dépasse pas", f"{reste:.0e} Hz")
angles = vecteur_population(essai.r, anneau.theta)
for t in (0, 445, 1000, 3000):
    print(f"t = {t} ms :", quantity(essai.r[t // 5].max(), "Hz"),
          "au plus fort, angle", quantity(float(angles[t // 5]), "degrés"))
comparer("04.k", taux_le_plus_fort=essai.r[-1].max(),
         angle=float(angles[-1]))
essai.plot()

# %% [markdown] id="anneau-commentaire"
# *Figure :* le temps en abscisse, la direction préférée en ordonnée, le taux
# en couleur. D'abord du sombre partout. À 200 ms, une bande claire s'allume
# autour de 90 degrés, sous l'indice. L'indice cesse ; la bande reste, droite,
# jusqu'au bout. La ligne blanche est l'angle lu.
#
# L'indice est parti, la bosse demeure. Et votre couplage le dit : chaque unité
# reçoit exactement de quoi garder son taux. Rien ne distingue 90 degrés des
# autres : 91 ferait aussi bien. L'anneau a un **continuum** d'équilibres, tous
# aussi bons. C'est ce qui lui permet de retenir n'importe quel angle, et c'est
# aussi sa faiblesse, comme on va le voir.

# %% [markdown] id="anneau-regimes-texte"
# Toutes les forces ne conviennent pas. Essayons-en quatre.

# %% id="anneau-regimes"
for J0, J1 in ((-0.2, 0.4), (-0.2, 0.1), (0.1, 0.4), (-0.6, 0.4)):
    fin = anneau.with_(J0=J0, J1=J1).simulate(1500, Cue(90), every=10).r[-1]
    print(f"J0 = {short(J0)}, J1 = {short(J1)} : taux de",
          decimal(fin.min()), "à", quantity(fin.max(), "Hz"))

# %% [markdown] id="anneau-regimes-commentaire"
# Trop peu d'excitation entre voisines, et la bosse s'éteint. Trop peu
# d'inhibition, et l'anneau entier s'allume : on ne lit plus rien. Trop, et
# l'indice lui-même ne laisse pas de trace. La mémoire vit entre ces trois
# défaites.

# %% [markdown] id="derive-situation"
# ## 10. Ce qui abîme un souvenir
#
# ### Situation
#
# Pendant l'attente, le souvenir du singe **dérive** : sa réponse est d'autant
# moins précise qu'il attend [9]. Trois coupables possibles : le bruit, une
# unité différente des autres, et un second point lumineux.
#
# ### Prédire
#
# Un bruit indépendant dans chaque unité. On fait 50 essais, et l'on mesure la
# variance de l'angle à 2 s. À 4 s, est-elle `"la même"`, `"double"` ou
# `"quadruple"` ?

# %% id="derive-pronostic"
pronostic("04.l", variance_finale=None)

# %% id="derive-bruit"
bruyant = RingAttractor(sigma=2)
essais = budget(flash=50, td=100, complet=400)
d = bruyant.diffusion(4000, trials=essais)
for t in (1000, 2000, 4000):
    print(f"t = {t} ms : variance",
          quantity(d.variance[np.argmin(np.abs(d.t - t))], "degrés²"))
print("pente :", quantity(d.slope, "degrés²/s"), "; intervalle à 95 % : de",
      decimal(d.interval[0]), "à", decimal(d.interval[1]), "; théorie :",
      decimal(d.theory))
double = bruyant.with_(n=256).diffusion_theory()
print("théorie, avec deux fois plus d'unités :", decimal(double))
comparer("04.l", variance_finale="double")

# %% id="derive-figure"
chemins = [Line(d.t, x, "", "grey", width=0.8) for x in d.displacement.T[:25]]
largeur = 2 * np.sqrt(d.theory * d.t / 1000)
gauche = cadre("essais", ("t", "ms", (0, 4000)), ("déplacement", "degrés",
               (-30, 30)), [*chemins, Line(d.t, largeur, "2 écarts types",
               "vermillion", "dash", 2.5), Line(d.t, -largeur, "",
               "vermillion", "dash", 2.5)], "25 essais")
droite = cadre("variance", ("t", "ms", (0, 4000)), ("variance", "degrés²",
               (0, 120)), [Line(d.t, d.variance, "mesurée", "blue"), Line(
                   d.t, d.theory * d.t / 1000, "théorie", "vermillion",
                   "dash", 2.5)], f"{essais} essais")
montrer(gauche, droite)

# %% [markdown] id="derive-commentaire"
# *Figure :* à gauche, 25 angles au cours du temps, gris : ils s'écartent peu à
# peu de zéro, dans les deux sens, presque tous entre deux paraboles tiretées.
# À droite, leur variance, bleue, suit une droite orange.
#
# La variance croît comme le temps : c'est une **diffusion**, la marche d'un
# ivrogne. Le long de l'anneau, aucun rappel : chaque coup de bruit déplace la
# bosse pour de bon. La théorie de la droite tient en une phrase : seule compte
# la part du bruit qui ressemble à un petit déplacement de la bosse. Elle est
# deux fois plus faible quand l'anneau est deux fois plus peuplé.

# %% [markdown] id="derive-hetero-predire"
# ### Prédire
#
# Sans bruit, maintenant ; mais chaque unité reçoit un courant un peu différent
# des autres, tiré une fois pour toutes. On retient huit directions, pendant
# 10 s. Combien d'angles **différents** reste-t-il à la fin, à 10 degrés près ?

# %% id="derive-hetero-pronostic"
pronostic("04.m", angles_restants=None)

# %% id="derive-hetero"
inegal = RingAttractor(heterogeneity=1, rng=3)
indices = np.arange(0, 360, 45)
traces = [inegal.simulate(10_000, Cue(a), every=20) for a in indices]
fins = np.sort([e.angle[-1] for e in traces])
groupes = int((np.diff(fins, append=fins[0] + 360) > 10).sum())
comparer("04.m", angles_restants=groupes)
courbes = []
for e in traces:
    x = np.where((e.t < 300) | (np.abs(np.diff(e.angle, append=0)) > 90),
                 np.nan, e.angle)
    courbes.append(Line(e.t, x, "", "blue", width=1.5))
montrer(cadre("inégal", ("t", "ms", (0, 10_000)), ("angle lu", "degrés",
                                                    (0, 360)), courbes))

# %% [markdown] id="derive-hetero-commentaire"
# *Figure :* huit angles pendant 10 s, partis de huit directions également
# réparties. Les lignes se courbent et se rejoignent par groupes.
#
# Il ne reste que quelques angles. Le continuum était fragile : la moindre
# inégalité le brise en quelques creux, où toutes les bosses roulent. Une
# mémoire parfaite exigerait des neurones parfaitement semblables.

# %% [markdown] id="derive-distracteur-predire"
# ### Prédire
#
# Dernier coupable. On retient 90 degrés. À 1,5 s, un second indice, de même
# durée, montre 120 degrés, puis 180, puis 270. L'anneau s'y laisse-t-il
# prendre ? Pour chacun, quel angle lit-on à la fin ?

# %% id="derive-distracteur-pronostic"
pronostic("04.n", distracteur_proche=None, distracteur_moyen=None,
          distracteur_lointain=None)

# %% id="derive-distracteur"
egal = RingAttractor()


def apres(distracteur, force):
    """Angle retenu 1,5 s après un distracteur, 90 degrés étant retenu."""
    second = Cue(distracteur, start=1500, amplitude=force)
    return float(egal.simulate(3000, Cue(90), second, every=10).angle[-1])


a, b, c = (apres(x, 10) for x in (120, 180, 270))
comparer("04.n", distracteur_proche=a, distracteur_moyen=b,
         distracteur_lointain=c)

# %% id="derive-distracteur-figure"
ecarts = np.arange(0, 181, 10)
courbes = []
for force, (couleur, tiret) in zip((3, 10, 30), COULEURS, strict=False):
    y = [apres(90 + x, force) - 90 for x in ecarts]
    courbes += [Line(ecarts, y, f"force {force}", couleur, tiret, 2.2),
                Points(ecarts, y, "", couleur, size=5)]
montrer(cadre("distracteur", ("écart du distracteur", "degrés", (0, 180)), (
    "déplacement du souvenir", "degrés", (-5, 130)), courbes), hauteur=380)

# %% [markdown] id="derive-distracteur-commentaire"
# *Figure :* le déplacement du souvenir selon l'écart du distracteur, pour
# trois forces. Chaque courbe monte d'abord avec l'écart, culmine, puis retombe
# à zéro. Plus le distracteur est fort, plus elle monte haut et loin.
#
# Un distracteur **proche** attire la bosse ; un distracteur lointain ne lui
# fait rien, car l'inhibition de tous par tous l'étouffe. La mémoire n'est donc
# ni effacée ni intacte : elle est biaisée, vers ce qui lui ressemble.

# %% [markdown] id="derive-manipuler"
# ### Manipuler
#
# Un clic dans l'image présente un indice, à cet angle et à cet instant ; un
# second clic, un distracteur. **Un défi :** avec du bruit, un distracteur et
# une lésion à la main, trouvez ce qui déplace le plus le souvenir en deux
# secondes sans l'effacer.

# %% id="derive-explorer"
explore_bump(egal.with_(sigma=2))

# %% [markdown] id="derive-expliquer" exercise="04.6x" manual=true points=1
# ### Expliquer
#
# Le bruit diffuse, l'inégalité attire vers des creux. Un cerveau pourrait-il
# préférer un anneau légèrement inégal à un anneau parfait ? Qu'y gagne-t-il,
# qu'y perd-il ?
#
# ### BEGIN SOLUTION
# Des creux retiennent la bosse : le bruit ne la fait plus errer, et le
# souvenir tient plus longtemps. Mais seuls quelques angles sont retenus ; les
# autres sont arrondis au creux le plus proche. On échange de la précision
# contre de la durée.
# ### END SOLUTION

# %% [markdown] id="bilan"
# ## Bilan
#
# Vous savez résumer une population par une courbe, et lire sur sa pente si un
# équilibre tient : w Φ′ < 1. Vous savez d'où viennent une mémoire, quand
# l'excitation replie la courbe, et un rythme, quand l'inhibition arrive en
# retard. Vous savez construire une mémoire de direction, et nommer ce qui
# l'use. Pour aller plus à fond, voyez [8].
#
# **La figure à savoir dessiner de mémoire :** un S couché, le taux selon le
# courant. Deux flèches verticales aux deux plis, l'une vers le haut, l'autre
# vers le bas : la population se souvient.

# %% [markdown] id="musee-situation"
# ## Musée des erreurs
#
# **Pièce n° 4. L'hystérésis pressée.** Ce programme cherche une mémoire à
# w = 0,015. Il monte le courant, marche par marche, puis le redescend, et note
# le taux au bout de chaque marche. La boucle est belle. Elle est fausse.

# %% id="musee-piece"
def boucle(w, duree_de_marche, courants):
    """(courants, taux en montant, taux en descendant)."""
    haut, bas = hysteresis(courants, courants[::-1], w=w,
                           hold=duree_de_marche)
    return courants, haut, bas[::-1]


def largeur(courants, haut, bas):
    """Écart des courants où les deux trajets passent 250 Hz."""
    return np.interp(250, haut, courants) - np.interp(250, bas, courants)

# %% id="musee-figure"
marches = np.arange(-30, 31, 1.0)
I, haut, bas = boucle(0.015, 10.0, marches)
print("largeur de la boucle :", decimal(largeur(I, haut, bas)))
montrer(cadre("musée", ("courant I_{ext}", "", (-30, 30)), ("taux", "Hz",
        (-15, 520)), [Line(I, haut, "en montant", "vermillion"),
                      Line(I, bas, "en descendant", "blue", "dash")]))

# %% [markdown] id="musee-trouver"
# *Figure :* le taux selon le courant, w = 0,015, marches de 10 ms. Deux
# sigmoïdes décalées, l'une à la montée, l'autre à la descente : une boucle
# large de près de six unités.
#
# **Trouver.** La section 5 dit qu'il faut w > 0,02 pour deux équilibres.
# Lequel des deux ment, la théorie ou le programme ? Changez la durée des
# marches avant de répondre.
#
# **Expliquer, sur le papier.** Un écart à l'équilibre suit $e^{\lambda t}$,
# avec $\lambda = (w\Phi' - 1)/\tau$. Combien de temps dure-t-il, au pire,
# quand $w < w_c$ ?
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# Son temps caractéristique est $-1/\lambda = \tau/(1 - w\Phi')$. Il est le
# plus long là où Φ′ est le plus grand, $r_{max}\kappa/2$ : $\tau/(1 -
# w\,r_{max}\,\kappa/2)$. Quand w approche de $w_c$, il tend vers l'infini :
# c'est le **ralentissement critique**.
#
# </details>

# %% [markdown] id="musee-reparer"
# **Réparer.** Rendez ce temps, le plus long des retours.

# %% id="musee-fonction" exercise="04.14" points=2
def temps_de_retour(w, tau, r_max, kappa):
    """Le plus long temps de retour (ms), pour 0 < w < 2/(r_max κ)."""
    ### BEGIN SOLUTION
    plus_forte_pente = r_max * kappa / 2
    return tau / (1 - w * plus_forte_pente)
    ### END SOLUTION

# %% id="musee-verifier"
temps_de_retour = exercise("04.14").check(temps_de_retour)

# %% [markdown] id="musee-prouver-texte"
# **Prouver.** Des marches de plus en plus longues devant ce temps. La largeur
# doit tendre vers zéro à w = 0,015, et vers 30,28 à w = 0,1, où la mémoire est
# vraie.

# %% id="musee-prouver"
T = float(temps_de_retour(0.015, 20, 500, 0.2))
print("retour le plus lent à w = 0,015 :", quantity(T, "ms"))
larges = np.arange(-45, 16, 1.0)
for fois in (1 / 8, 1, 3, 10):
    faux, vrai = (largeur(*boucle(w, round(fois * T, 1), c)) for w, c in (
        (0.015, marches), (0.1, larges)))
    print(f"marches de {quantity(fois * T, 'ms')} : largeur",
          decimal(faux, 2), "à w = 0,015 ;", decimal(vrai, 2), "à w = 0,1")

# %% [markdown] id="musee-commentaire"
# À w = 0,015, la boucle se referme dès que l'on attend. À w = 0,1, elle garde
# sa largeur, à une marche près. La pièce prenait des marches de 10 ms, huit
# fois plus courtes que le plus lent des retours : elle mesurait un **retard**,
# et l'appelait une mémoire. Une mémoire est ce qui reste quand on a assez
# attendu.

# %% [markdown] id="musee-expliquer" exercise="04.7x" manual=true points=1
# **Expliquer.** Même avec des marches très longues, la largeur mesurée à w =
# 0,1 dépasse un peu 30,28. Pourquoi ? Donnez deux raisons.
#
# ### BEGIN SOLUTION
# Les marches ont une hauteur : la bascule n'est vue qu'à la première marche
# passée le col-nœud, et l'écart se compte deux fois. Et juste après le
# col-nœud, la population est encore très lente : il faut le dépasser un peu
# pour basculer dans la durée d'une marche.
# ### END SOLUTION

# %% [markdown] id="plus-loin"
# ## Pour aller plus loin
#
# - **Des bosses sans saturation.** Ici, la bosse plafonne à 491 Hz. Remplacez
#   Φ par une fonction qui ne sature pas, une demi-droite par exemple, et
#   trouvez $J_0$ et $J_1$ pour lesquels une bosse existe. Comparez avec le
#   calcul exact de Ben-Yishai et ses collègues [6].
# - **Combien d'inhibition pour un gamma ?** Donnez à I un τ deux fois plus
#   court que celui de E, puis deux fois plus long. Où passe la bifurcation, et
#   que devient la fréquence ? Reprenez la trace sur le papier avant de simuler
#   [3].

# %% [markdown] id="references"
# ## Références
#
# 1. V. Braitenberg, A. Schüz, *Cortex : Statistics and Geometry of Neuronal
#    Connectivity*, 2ᵉ éd., Springer, 1998.
# 2. S. Funahashi, C. J. Bruce, P. S. Goldman-Rakic, « Mnemonic coding of
#    visual space in the monkey's dorsolateral prefrontal cortex », *J.
#    Neurophysiol.* 61 (1989) 331-349.
# 3. H. R. Wilson, J. D. Cowan, « Excitatory and inhibitory interactions in
#    localized populations of model neurons », *Biophys. J.* 12 (1972) 1-24.
# 4. M. V. Tsodyks, W. E. Skaggs, T. J. Sejnowski, B. L. McNaughton,
#    « Paradoxical effects of external modulation of inhibitory interneurons »,
#    *J. Neurosci.* 17 (1997) 4382-4388.
# 5. A. Sanzeni, B. Akitake, H. C. Goldbach, C. E. Leedy, N. Brunel,
#    M. H. Histed, « Inhibition stabilization is a widespread property of
#    cortical networks », *eLife* 9 (2020) e54875.
# 6. R. Ben-Yishai, R. L. Bar-Or, H. Sompolinsky, « Theory of orientation
#    tuning in visual cortex », *Proc. Natl. Acad. Sci. USA* 92 (1995)
#    3844-3848.
# 7. A. Compte, N. Brunel, P. S. Goldman-Rakic, X.-J. Wang, « Synaptic
#    mechanisms and network dynamics underlying spatial working memory in a
#    cortical network model », *Cerebral Cortex* 10 (2000) 910-923.
# 8. W. Gerstner, W. M. Kistler, R. Naud, L. Paninski, *Neuronal Dynamics*,
#    Cambridge University Press, 2014, chapitres 15 à 18.
# 9. K. Wimmer, D. Q. Nykamp, C. Constantinidis, A. Compte, « Bump attractor
#    dynamics in prefrontal cortex explains behavioral precision in spatial
#    working memory », *Nature Neurosci.* 17 (2014) 431-439.
