# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] id="titre"
# # TD03 — Intègre-et-tire : un neurone réduit à une règle
#
# Vous remplacez quatre équations par une seule et une règle. Puis vous
# demandez à ce neurone minuscule tout ce qu'il sait dire, et tout ce qu'il ne
# dira jamais.
#
# > **Objectifs.** À la fin, vous saurez :
# > - résoudre l'équation de la membrane sous le seuil, sur le papier et en
# >   code ;
# > - calculer une rhéobase, un intervalle, une courbe f(I), avec une période
# >   réfractaire ;
# > - dater une impulsion entre deux pas de temps ;
# > - simuler un neurone bruité, et expliquer la racine de dt ;
# > - mesurer l'irrégularité et l'adaptation d'une décharge ;
# > - estimer les paramètres d'un neurone inconnu, avec leurs incertitudes.
# >
# > **Prérequis.** Le TD00 : Euler, l'ordre d'une erreur. Le TD01 aide, sans
# > être nécessaire.
# >
# > **Durée.** Deux heures. Si le temps presse, gardez les sections 8 et 9 pour
# > chez vous.
# >
# > **Matériel repris.** La relaxation et la règle « recommencez avec dt/2 » du
# > TD00 ; la courbe f(I) de l'axone, du TD01.

# %% [markdown] id="simplifications"
# > **Ce que ce modèle simplifie.**
# > - *L'impulsion n'existe pas.* Elle est un instant, sans forme ni durée.
# >   Aucun canal ne s'ouvre : le seuil est décrété.
# > - *Un point, une fuite.* Ni dendrites, ni conductances commandées.
# > - *Pas de mémoire.* La remise à zéro efface le passé ; seule la section 7
# >   en ajoute une.
# > - *Un bruit blanc.* Les entrées d'un vrai neurone sont des synapses, lentes
# >   et corrélées ; ici, elles n'ont ni durée ni forme.

# %% [markdown] id="preparation-texte"
# Exécutez d'abord les deux cellules suivantes : elles réunissent le matériel du
# TD, et vous prêtent quelques fonctions que vous réécrirez en chemin. Ensuite,
# chaque section peut se faire seule.

# %% id="preparation"
# %matplotlib inline
import numpy as np
from scipy.optimize import curve_fit

from course import analysis
from course.exercises import comparer, exercise, pronostic
from course.exercises.french import number
from course.neurons import ADEX, hodgkin_huxley, lif, lif_mV, noisy_lif
from course.plot.french import decimal, quantity
from course.plot.mpl import draw
from course.plot.scene import Axis, Line, Mark, Panel, Points, Raster, Scene
from course.profile import budget, profile

attente = budget(flash="10 s", td="20 s", complet="2 min")
print(f"Profil « {profile()} » : aucun calcul ne dépasse {attente}.")

# %% id="preparation-suite"
from course.exercises.td03.gain import intervalle, taux
from course.exercises.td03.mystery import neurone_mystere
from course.exercises.td03.noise import pas_bruite
from course.exercises.td03.pulse import reponse_creneau
from course.exercises.td03.trains import cv

# %% [markdown] id="creneau-situation"
# ## 1. Un condensateur percé
#
# ### Situation
#
# Vous avez vu un neurone décharger avec ses canaux. En 1907, personne n'a
# encore vu un canal ; Lapicque, lui, excite des nerfs de grenouille avec des
# condensateurs [1]. Il propose de voir la membrane comme un condensateur qui
# fuit. C'est le plus vieux modèle de neurone qui serve encore.
#
# ### Formaliser
#
# Le courant injecté se partage entre le condensateur, $C\,du/dt$, et la
# résistance, $u/R$. En multipliant par $R$ :
#
# $$\tau\,\frac{du}{dt} = -u + R\,I \qquad \tau = RC$$
#
# - $u$ : potentiel compté **depuis le repos**, en mV ;
# - $I$ : courant injecté, en nA ; $R$ : résistance, en MΩ. MΩ × nA = mV ;
# - $\tau$ : constante de temps, en ms.

# %% [markdown] id="creneau-predire"
# ### Prédire
#
# Une membrane de R = 100 MΩ et τ = 20 ms reçoit 0,1 nA pendant 60 ms. Jusqu'où
# monte u ? Et combien en reste-t-il 60 ms après la fin ?

# %% id="creneau-pronostic"
pronostic("03.a", a_60_ms=None, a_120_ms=None)  # en mV

# %% [markdown] id="creneau-papier"
# ### Formaliser, sur le papier
#
# Le courant vaut $I$ de 0 à $d$, puis zéro. La membrane part du repos.
#
# 1. Pendant le créneau, vers quelle valeur u se dirige-t-il ? Écrivez u(t).
# 2. Que vaut u à la fin, à l'instant $d$ ?
# 3. Après, vers quelle valeur va-t-il, et d'où part-il ? Écrivez u(t).
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# Pendant : u relaxe vers $RI$, donc $u(t) = RI\,(1 - e^{-t/\tau})$. À la fin,
# $u(d) = RI\,(1 - e^{-d/\tau})$. Après : u relaxe vers zéro, parti de $u(d)$ à
# l'instant $d$, donc $u(t) = u(d)\,e^{-(t-d)/\tau}$.
#
# </details>

# %% [markdown] id="creneau-coder-texte"
# ### Coder
#
# Rendez u(t). `t` est un tableau ou un nombre, positif. `np.where(condition,
# a, b)` prend `a` là où la condition est vraie, `b` ailleurs.

# %% id="creneau-coder" exercise="03.1" points=2
def reponse_creneau(t, tau, R, I, duree):
    """u (mV) à l'instant t (ms), pour un créneau de I nA de 0 à duree."""
    ### BEGIN SOLUTION
    pendant = R * I * (1 - np.exp(-t / tau))
    u_fin = R * I * (1 - np.exp(-duree / tau))
    apres = u_fin * np.exp(-(t - duree) / tau)
    return np.where(t < duree, pendant, apres)
    ### END SOLUTION

# %% id="creneau-verifier"
reponse_creneau = exercise("03.1").check(reponse_creneau)

# %% [markdown] id="creneau-simuler-texte"
# ### Vérifier
#
# La même expérience, par simulation, avec la membrane du cours. `lif_mV` est
# son nom : *leaky integrate-and-fire*, intègre-et-tire à fuite. Son repos est
# à −70 mV.

# %% id="creneau-simuler"
from course.inputs import pulse

trace = lif_mV.simulate(150, I=pulse(0.1, 0, 60))
t = np.linspace(0, 150, 31)
points = reponse_creneau(t, 20, 100, 0.1, 60)
courbes = (Line(trace.t, trace["V"] + 70, "simulation", "grey", width=5),
           Points(t, points, "votre formule", "vermillion", size=6),
           Mark(y=10, dash="dash"), Mark(110, 10, "palier R I"))
u = reponse_creneau(np.array([60, 120]), 20, 100, 0.1, 60)
comparer("03.a", a_60_ms=u[0], a_120_ms=u[1])
draw(Scene(((Panel("u", Axis("t", "ms", (0, 150)), Axis(
    "u", "mV", (-0.5, 11)), courbes),),), height=320), 7)

# %% [markdown] id="creneau-commentaire"
# *Figure :* u monte en s'arrondissant de 0 vers 10 mV, marqués d'une ligne
# tiretée, sans tout à fait les atteindre à 60 ms ; puis il retombe vers zéro.
# Les points de la formule suivent le trait gris de la simulation.
#
# 9,5 mV à 60 ms : trois constantes de temps font 95 % du palier. Puis, en trois
# constantes de temps encore, 95 % de ce qui restait a fui.

# %% [markdown] id="seuil-situation"
# ## 2. Une règle à la place d'un canal
#
# ### Situation
#
# Une membrane passive ne décharge pas. Ajoutons une règle, et une seule :
#
# > quand u atteint le **seuil** $\theta$, on note une impulsion, et on remet u
# > à zéro.
#
# Tout ce que faisaient le sodium et le potassium du TD01 tient dans cette
# phrase. Ici, θ = 20 mV au-dessus du repos.

# %% [markdown] id="seuil-predire"
# ### Prédire
#
# 1. Avec R = 100 MΩ et θ = 20 mV, quel est le plus petit courant constant qui
#    fasse décharger le neurone ? On l'appelle la **rhéobase**.
# 2. À 0,25 nA, le neurone décharge à 31 Hz. On double le courant. À combien
#    décharge-t-il ?

# %% id="seuil-pronostic"
pronostic("03.b", rheobase=None, taux_a_0_5=None)  # en nA, en Hz

# %% id="seuil-figure"
panneaux = []
for I, couleur in ((0.19, "blue"), (0.21, "green"), (0.25, "vermillion")):
    trace = lif_mV.simulate(200, I=I)
    u = trace["V"] + 70
    x = Axis("t", "ms", (0, 200), shown=I == 0.25)
    panneaux.append(Panel(f"{I}", x, Axis("u", "mV", (-1, 22)), (
        Mark(y=20, dash="dash"), Line(trace.t, u, f"I = {decimal(I, 2)} nA",
                                      couleur))))
    print(f"I = {decimal(I, 2)} nA :", len(trace.spikes), "impulsions")
draw(Scene((tuple(panneaux),), height=500), 8)

# %% [markdown] id="seuil-commentaire"
# *Figure :* u pendant 200 ms ; le seuil, à 20 mV, est une ligne tiretée. En
# haut, 0,19 nA : u s'installe juste au-dessous du seuil, et n'en bouge plus.
# Au milieu, 0,21 nA : de longues montées arrondies, chacune coupée net au
# seuil. En bas, 0,25 nA : les mêmes, plus droites et plus serrées.
#
# La rhéobase est le courant dont le palier est le seuil, $I_{rh} = \theta/R$ =
# 0,2 nA. Regardez la forme des montées : à 0,21 nA, presque tout le temps se
# perd dans les derniers millivolts.

# %% [markdown] id="intervalle-papier"
# ### Formaliser, sur le papier
#
# Après chaque impulsion, u repart de zéro. Cherchez la durée T de la montée.
#
# 1. Écrivez $u(T) = \theta$, et isolez $e^{-T/\tau}$.
# 2. Prenez le logarithme.
# 3. Que devient T quand I tend vers la rhéobase ? Et quand I est immense ?
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# $RI\,(1 - e^{-T/\tau}) = \theta$ donne $e^{-T/\tau} = 1 - \theta/(RI)$, puis
#
# $$T = \tau\,\ln\frac{RI}{RI - \theta}$$
#
# Vers la rhéobase, le dénominateur s'annule : T devient infini, mais
# lentement, comme un logarithme. Quand I est immense, $T \approx \tau\theta/(R
# I)$ : la fuite ne compte plus, et le taux est proportionnel au courant.
#
# </details>

# %% [markdown] id="intervalle-coder-texte"
# ### Coder
#
# Rendez T en millisecondes, et `np.inf` tant que le palier $RI$ ne dépasse pas
# le seuil. `I` est un tableau : servez-vous de `np.where`. Le logarithme sera
# calculé partout, même où il n'a pas de sens ; `np.errstate` fait taire
# l'avertissement de numpy.

# %% id="intervalle-coder" exercise="03.2" points=2
def intervalle(I, tau, R, theta):
    """Durée T (ms) d'une montée de 0 à theta (mV) ; I en nA, R en MΩ."""
    with np.errstate(all="ignore"):
        ### BEGIN SOLUTION
        T = tau * np.log(R * I / (R * I - theta))
        return np.where(R * I > theta, T, np.inf)
        ### END SOLUTION

# %% id="intervalle-verifier"
intervalle = exercise("03.2").check(intervalle)

# %% id="intervalle-mesurer"
for I in (0.21, 0.25, 0.5):
    T = float(intervalle(I, 20, 100, 20))
    simule = np.diff(lif_mV.simulate(400, I=I).spikes)[-1]
    print(f"I = {decimal(I, 2)} nA : T = {quantity(T, 'ms', 4)} ;",
          "simulation :", quantity(simule, "ms", 4))
comparer("03.b", rheobase=20 / 100,
         taux_a_0_5=1000 / float(intervalle(0.5, 20, 100, 20)))

# %% [markdown] id="intervalle-commentaire"
# De 31 à 98 Hz : le courant double, le taux triple. C'est au-dessus de la
# rhéobase que tout se joue, et l'excès, lui, est passé de 0,05 à 0,3 nA.
#
# Une autre vérification, avec d'autres unités : τ = 10, R = 1, θ = 1, I = 1,5
# donnent $T = 10 \ln 3$ = 10,9861 ms. Ce sont les valeurs de `lif`, le modèle
# sans unité du cours.

# %% [markdown] id="taux-situation"
# ## 3. La courbe f(I)
#
# ### Situation
#
# Un vrai neurone ne tire pas deux fois dans la même milliseconde : le TD01 a
# mesuré sa période réfractaire. Ajoutons-la à la règle : après une impulsion,
# u reste à zéro pendant $D$ millisecondes, quoi qu'on injecte.
#
# ### Prédire
#
# Avec D = 5 ms, quel taux le neurone ne dépassera-t-il jamais, même sous un
# courant immense ? Et à 0,25 nA, où il déchargeait à 31 Hz ?

# %% id="taux-pronostic"
pronostic("03.c", taux_maximal=None, taux_a_0_25=None)  # en Hz

# %% [markdown] id="taux-coder-texte"
# ### Coder
#
# Rendez le taux de décharge, en hertz, avec la période réfractaire. Appelez
# votre fonction `intervalle`.

# %% id="taux-coder" exercise="03.3" points=2
def taux(I, tau, R, theta, D):
    """Taux (Hz) ; période réfractaire D (ms)."""
    ### BEGIN SOLUTION
    return 1000 / (D + intervalle(I, tau, R, theta))
    ### END SOLUTION

# %% id="taux-verifier"
taux = exercise("03.3").check(taux)

# %% [markdown] id="taux-courbe-texte"
# ### Vérifier
#
# Deux cents neurones, deux cents courants, une seule simulation : c'est
# `analysis.fi_curve`. Comparons-la à votre formule, avec D = 0 puis D = 5 ms.

# %% id="taux-courbe"
I, traits = np.linspace(0, 1, 200), []
for D, couleur, forme in ((0, "blue", "circle"), (5, "vermillion", "square")):
    f = analysis.fi_curve(lif_mV.with_(refractory=D), I, T=1000)
    formule = np.asarray(taux(I, 20, 100, 20, D))
    traits += [Line(I, formule, f"D = {D} ms", couleur),
               Points(I[::8], f[::8], "", couleur, forme, 7)]
    haut = I > 1.02 * 0.2
    ecart = np.abs(f[haut] / formule[haut] - 1).max()
    print(f"D = {D} ms : écart maximal {number(100 * ecart, 2)} %")
traits += [Mark(y=200, dash="dash"), Mark(0.02, 200, "1000/D")]
draw(Scene(((Panel("f", Axis("I", "nA", (0, 1)), Axis(
    "taux de décharge", "Hz", (-5, 240)), tuple(traits)),),), height=360), 7)

# %% id="taux-comparer"
comparer("03.c", taux_maximal=float(taux(1e9, 20, 100, 20, 5)),
         taux_a_0_25=float(taux(0.25, 20, 100, 20, 5)))

# %% [markdown] id="taux-commentaire"
# *Figure :* deux courbes partent de zéro à 0,2 nA. La bleue, sans période
# réfractaire, devient presque droite et dépasse 200 Hz. L'orange, avec 5 ms,
# s'incurve et reste sous la ligne tiretée à 200 Hz. Les points simulés sont
# sur les formules.
#
# Sans période réfractaire, f croît sans limite. Avec elle, la courbe sature à
# 1000/D. À 0,25 nA, 5 ms de plus par intervalle suffisent à passer de 31,1 à
# 26,9 Hz.

# %% [markdown] id="taux-classe-texte"
# ### Formaliser
#
# Revenons au pied de la courbe. Hodgkin rangeait les nerfs en deux classes
# [2] : **classe 1**, ceux qui savent décharger aussi lentement qu'on veut ;
# **classe 2**, ceux dont le taux commence par un saut. Laissons la machine
# ajuster le pied de deux courbes : celle-ci, et celle de l'axone du TD01.

# %% id="taux-classe"
I_axone = np.linspace(4, 12, budget(flash=41, td=81, complet=161))
f_axone = analysis.fi_curve(hodgkin_huxley, I_axone, T=700, transient=300)
I = np.linspace(0.15, 0.5, 400)
pieds = {"intègre-et-tire": analysis.firing_onset(I, taux(I, 20, 100, 20, 0)),
         "axone": analysis.firing_onset(I_axone, f_axone)}
for nom, pied in pieds.items():
    print(f"{nom} : {pied.words} ; I_c = {decimal(pied.current, 2)}")

# %% [markdown] id="taux-classe-commentaire"
# L'intègre-et-tire est de classe 1, mais son pied n'est pas une racine : c'est
# un logarithme, plus raide que toute racine. Un neurone de classe 1 dont
# l'impulsion naît d'elle-même donnerait $\sqrt{I - I_c}$ [9]. Ce pied trop
# raide est le prix d'un seuil décrété. L'axone, lui, saute : il est de
# classe 2, et son courant se compte en µA/cm².
#
# ### Manipuler
#
# Explorez la courbe. Cliquez un point : le tracé correspondant apparaît.
# Cherchez trois choses :
#
# - le taux le plus bas que vous sachiez obtenir, en approchant de la rhéobase ;
# - l'effet de la période réfractaire sur le **pied** de la courbe : nul ou
#   non ?
# - un peu de bruit : que devient le pied ?

# %% id="taux-explorer"
from course.widgets import explore_fi_curve

explore_fi_curve(lif_mV)

# %% [markdown] id="taux-expliquer" exercise="03.1x" manual=true points=1
# ### Expliquer
#
# Pourquoi la période réfractaire change-t-elle beaucoup la courbe en haut, et
# presque pas à son pied ? Une phrase.
#
# ### BEGIN SOLUTION
# Elle ajoute toujours la même durée D : près de la rhéobase, l'attente du
# seuil est bien plus longue, et D n'y compte pas ; en haut, l'attente tend
# vers zéro, et D est presque tout l'intervalle.
# ### END SOLUTION

# %% [markdown] id="instant-situation"
# ## 4. À quel instant, au juste ?
#
# ### Situation
#
# Une simulation ne regarde u qu'aux instants 0, dt, 2dt… Le seuil est franchi
# **entre** deux regards. Que noter ?
#
# ### Formaliser
#
# - **Sur la grille** : l'instant du premier point au-dessus du seuil.
# - **Par interpolation** : on tire une droite du point d'avant, $(t_0, u_0)$,
#   au point d'après, $(t_1, u_1)$, et on cherche où elle coupe θ.
#
# ### Coder
#
# Rendez l'instant où la droite vaut θ.

# %% id="instant-coder" exercise="03.4" points=2
def instant_interpole(t_0, u_0, t_1, u_1, theta):
    """Instant (ms) où la droite de (t_0, u_0) à (t_1, u_1) vaut theta."""
    ### BEGIN SOLUTION
    fraction = (theta - u_0) / (u_1 - u_0)
    return t_0 + fraction * (t_1 - t_0)
    ### END SOLUTION

# %% id="instant-verifier"
instant_interpole = exercise("03.4").check(instant_interpole)

# %% [markdown] id="instant-predire"
# ### Prédire
#
# Quand on divise dt par deux, par combien l'erreur sur l'instant est-elle
# divisée, en moyenne ? Trois programmes : A avance par relaxation exacte et
# lit sur la grille ; B avance de même et interpole ; C avance par **Euler** et
# interpole.

# %% id="instant-pronostic"
pronostic("03.d", facteur_A=None, facteur_B=None, facteur_C=None)

# %% id="instant-programmes"
def avance(u, but, dt, exacte):
    """u (mV) un pas plus tard, vers but ; exactement, ou par Euler."""
    return but + (u - but) * (np.exp(-dt / 20) if exacte else 1 - dt / 20)


def premier_instant(dt, I, exacte, interpole):
    """Instant (ms) de la première impulsion, pour theta = 20 mV."""
    t, u = 0.0, 0.0
    while True:
        suivant = avance(u, 100 * I, dt, exacte)
        if suivant >= 20:
            return (instant_interpole(t, u, t + dt, suivant, 20)
                    if interpole else t + dt)
        t, u = t + dt, suivant

# %% id="instant-mesure"
programmes = {"A": (True, False), "B": (True, True), "C": (False, True)}
courants, dt = np.linspace(0.22, 0.4, 12), 2.0 ** -np.arange(1, 8)
T, erreurs = intervalle(courants, 20, 100, 20), {}
for nom, choix in programmes.items():
    erreurs[nom] = np.array([np.mean([
        abs(premier_instant(pas, I, *choix) - juste)
        for I, juste in zip(courants, T, strict=True)]) for pas in dt])
ordre = {nom: np.polyfit(np.log(dt), np.log(e), 1)[0]
         for nom, e in erreurs.items()}
for nom, p in ordre.items():
    print(f"{nom} : ordre {decimal(p, 2)}")
comparer("03.d", **{f"facteur_{nom}": 2**p for nom, p in ordre.items()})

# %% id="instant-figure"
traits, x = [], np.log10(dt)
aspect = {"A": ("A, grille", "vermillion", "circle"),
          "B": ("B, interpolation", "blue", "square"),
          "C": ("C, Euler et interpolation", "green", "triangle")}
for nom, (mot, couleur, forme) in aspect.items():
    y = np.log10(erreurs[nom])
    traits += [Line(x, y, "", couleur, "dash"),
               Points(x, y, mot, couleur, forme)]
draw(Scene(((Panel("ordre", Axis("log_{10} dt", "dt en ms", (-2.2, -0.2)),
                   Axis("log_{10} erreur", "erreur en ms", (-7, 0)),
                   tuple(traits)),),), height=360), 7)

# %% [markdown] id="instant-commentaire"
# *Figure :* l'erreur moyenne sur l'instant d'une impulsion, en fonction du
# pas, en échelles logarithmiques. A et C suivent deux droites de pente 1 ; B,
# bien au-dessous, une droite de pente 2.
#
# Sur la grille, on arrive en retard d'un demi-pas en moyenne : ordre 1. Une
# droite entre deux points gagne un ordre. Mais C le perd : **interpoler ne
# rattrape pas un schéma d'ordre 1.** La chaîne a l'ordre de son maillon le
# plus faible.

# %% id="instant-cours"
for pas in (0.4, 0.1, 0.01):
    T_mesure = np.diff(lif.simulate(100, dt=pas).spikes).mean()
    ecart = abs(T_mesure - 10 * np.log(3))
    print(f"dt = {decimal(pas, 2)} ms : erreur de {number(ecart, 2)} ms")

# %% [markdown] id="instant-cours-commentaire"
# La bibliothèque du cours avance par RK4, et tire entre deux points une courbe
# qui respecte aussi les deux pentes : avec 0,1 ms, elle date une impulsion à mieux
# qu'un millionième de milliseconde près. Un neurone réel est loin d'une telle
# précision ; mais une erreur que l'on sait petite ne se confond plus avec un
# effet.

# %% [markdown] id="bruit-situation"
# ## 5. Le bruit, et la racine de dt
#
# ### Situation
#
# Un neurone du cortex reçoit des milliers de synapses. Chacune donne une petite
# secousse, à son heure. Leur somme est un courant moyen, et du hasard autour.
# À partir d'ici, le neurone est celui des théoriciens : τ = 10 ms, R = 1,
# θ = 1, sans unité.
#
# ### Formaliser
#
# $$\tau\,\frac{du}{dt} = \mu - u + \sigma\sqrt{\tau}\;\xi(t)$$
#
# - $\mu = RI$ : le palier, sans unité ici ;
# - $\xi$ : **bruit blanc**, en ms$^{-1/2}$ ; d'un instant à l'autre, rien ne le
#   relie à lui-même ;
# - $\sigma$ : intensité du bruit, dans l'unité de u.
#
# Pendant un pas dt, u reçoit une secousse au hasard, d'écart type $s$. En une
# durée fixe, le nombre de secousses est proportionnel à $1/dt$. Elles s'ajoutent
# en désordre : ce sont leurs **variances** qui s'additionnent. Le total,
# proportionnel à $s^2/dt$, ne doit pas dépendre de dt. Donc $s^2$ est
# proportionnel à dt, et $s$ à sa racine :
#
# $$s = \sigma\sqrt{dt/\tau}$$

# %% [markdown] id="bruit-coder-texte"
# ### Coder
#
# Écrivez un pas du schéma d'**Euler et Maruyama** : le pas d'Euler ordinaire,
# plus la secousse. `tirage` contient des nombres gaussiens d'écart type 1.

# %% id="bruit-coder" exercise="03.5" points=2
def pas_bruite(u, mu, tau, sigma, dt, tirage):
    """u après un pas dt (ms) dans un bruit d'intensité sigma."""
    ### BEGIN SOLUTION
    secousse = sigma * np.sqrt(dt / tau) * tirage
    return u + dt / tau * (mu - u) + secousse
    ### END SOLUTION

# %% id="bruit-verifier"
pas_bruite = exercise("03.5").check(pas_bruite)

# %% [markdown] id="bruit-predire"
# ### Prédire
#
# Sans seuil, avec σ = 0,3, u erre autour de μ. Quel est l'écart type de son
# errance, une fois installée ? 0,3, plus, ou moins ?

# %% id="bruit-pronostic"
pronostic("03.e", ecart_type=None)

# %% id="bruit-mesure"
for dt in (1, 0.5, 0.25, 0.125):
    rng = np.random.default_rng(2018)
    u = np.zeros(budget(flash=50_000, td=100_000, complet=500_000))
    for _ in range(round(50 / dt)):
        tirage = rng.standard_normal(u.size)
        u = np.asarray(pas_bruite(u, 0.8, 10, 0.3, dt, tirage))
    print(f"dt = {decimal(dt, 3)} ms : moyenne {decimal(u.mean(), 3)},",
          f"écart type {decimal(u.std(), 4)}")
comparer("03.e", ecart_type=u.std())

# %% [markdown] id="bruit-mesure-commentaire"
# L'écart type tend vers $\sigma/\sqrt 2$ = 0,2121, et dt n'y change presque
# rien : la racine a fait son travail. Il est plus petit que σ, parce que la
# fuite efface les secousses à mesure qu'elles arrivent.
#
# Sur le papier, en une ligne : à chaque pas, la variance $v$ devient $v\,(1 -
# dt/\tau)^2 + \sigma^2 dt/\tau$. Écrivez qu'elle ne change plus, et négligez
# $dt^2$.
#
# Rendons-lui son seuil. μ = 0,8 est **au-dessous** de θ = 1 : sans bruit, pas
# une impulsion.

# %% id="bruit-trains"
trains = noisy_lif.simulate(500, dt=0.1, I=np.full(20, 0.8), rng=2018)
u, numero = trains["u"][:, 0], np.arange(1, 21)
haut = Panel("u", Axis("t", "ms", (0, 500), shown=False),
             Axis("u, neurone 1", "", (-0.6, 1.2)),
             (Mark(y=1, dash="dash"), Line(trains.t, u, "", "blue", width=1)))
bas = Panel("trains", Axis("t", "ms", (0, 500)), Axis("neurone", "", (0, 21)),
            (Raster(np.concatenate(trains.spikes),
                    np.repeat(numero, [len(s) for s in trains.spikes])),))
draw(Scene(((haut, bas),), height=460), 8)

# %% [markdown] id="bruit-trains-commentaire"
# *Figure :* en haut, le potentiel d'un neurone bruité pendant 500 ms : une
# marche irrégulière qui touche de temps en temps le seuil, à 1, et repart de
# zéro. En bas, les impulsions de vingt neurones semblables, une ligne chacun :
# aucun ne ressemble à un autre.
#
# Le bruit ne fait pas que brouiller : il fait décharger un neurone que son
# courant laisserait muet. Son taux a une formule, due à Siegert [3],
# `analysis.siegert_rate`.

# %% id="bruit-gain"
I, traits = np.linspace(0, 2, 1001), []
J = np.linspace(0.2, 2, 10)
for sigma, couleur, forme in ((0, "ink", "circle"), (0.2, "blue", "square"),
                              (0.5, "vermillion", "triangle")):
    duree = budget(flash=5000, td=20_000, complet=60_000)
    f = analysis.fi_curve(noisy_lif, J, T=duree, dt=0.05, sigma=sigma, rng=1)
    traits += [Line(I, analysis.siegert_rate(I, sigma),
                    f"σ = {number(sigma)}", couleur),
               Points(J, f, "", couleur, forme, 7)]
draw(Scene(((Panel("f", Axis("I", "", (0, 2)), Axis(
    "taux de décharge", "Hz", (-5, 160)), tuple(traits)),),), height=340), 7)

# %% [markdown] id="bruit-gain-commentaire"
# *Figure :* trois courbes f(I). La noire, sans bruit, part d'un trait à I = 1.
# La bleue, σ = 0,2, décolle en douceur dès 0,6 environ. L'orange, σ = 0,5,
# décharge déjà à 0,2. Elles se rapprochent aux forts courants. Les points
# simulés suivent les courbes, un rien au-dessous quand il y a du bruit : le
# musée dira pourquoi.
#
# Le pied trop raide de la section 3 a disparu. Un peu de bruit rend un neurone
# à seuil **graduel** : c'est ainsi que le cortex échappe au tout ou rien.

# %% [markdown] id="cv-situation"
# ## 6. Régulier ou irrégulier
#
# ### Situation
#
# Le taux ne dit pas tout. Deux trains de même taux peuvent être, l'un une
# horloge, l'autre une averse.
#
# ### Formaliser
#
# Le **coefficient de variation** des intervalles mesure cette irrégularité :
#
# $$CV = \frac{\text{écart type des intervalles}}{\text{moyenne des
# intervalles}}$$
#
# Il n'a pas d'unité. Une horloge a un CV nul ; des impulsions tirées tout à
# fait au hasard, un **processus de Poisson**, un CV de 1.
#
# ### Coder
#
# Rendez le CV, avec l'écart type qui divise par n − 1 (`ddof=1`). Avec moins
# de deux intervalles, on ne sait rien : rendez `np.nan`.

# %% id="cv-coder" exercise="03.6" points=2
def cv(impulsions):
    """Coefficient de variation des intervalles ; instants en ms."""
    ### BEGIN SOLUTION
    T = np.diff(impulsions)
    if len(T) < 2:
        return np.nan
    return np.std(T, ddof=1) / np.mean(T)
    ### END SOLUTION

# %% id="cv-verifier"
cv = exercise("03.6").check(cv)

# %% [markdown] id="cv-predire"
# ### Prédire
#
# Avant de mesurer un neurone, éprouvons l'instrument. Prenons un processus de
# Poisson à 1 Hz, dont le vrai CV est 1, et observons-le **vingt secondes** :
# une vingtaine d'impulsions. D'une observation à l'autre, de combien le CV
# mesuré s'écarte-t-il ? Donnez son écart type.

# %% id="cv-pronostic"
pronostic("03.f", ecart_type_du_cv=None)

# %% id="cv-poisson"
rng, mesures = np.random.default_rng(2018), []
for _ in range(2000):
    instants = np.cumsum(rng.exponential(1000, 100))
    mesures.append(cv(instants[instants < 20_000]))
print("vingt secondes : CV moyen", decimal(np.mean(mesures), 2),
      "; écart type", decimal(np.std(mesures), 2))
comparer("03.f", ecart_type_du_cv=np.std(mesures))
rates = np.mean((np.array(mesures) < 0.9) | (np.array(mesures) > 1.1))
print(f"hors de 0,9 à 1,1 : {100 * rates:.0f} % des observations")

# %% [markdown] id="cv-poisson-commentaire"
# Près de 0,2 d'écart type, et une moyenne au-dessous de 1 : plus de la moitié
# des observations tombent hors de l'intervalle 0,9 à 1,1, alors que le vrai CV
# est exactement 1. Vingt impulsions ne suffisent pas. L'écart type diminue
# comme $1/\sqrt n$ ; il faut **cent** observations de vingt secondes pour
# descendre à 0,02.
#
# Retenez le geste : avant de croire une mesure, on la fait sur un cas connu.

# %% [markdown] id="reglage-texte"
# ### Coder
#
# Réglez maintenant le neurone bruité pour qu'il décharge **lentement et au
# hasard** : un taux entre 0,8 et 1,2 Hz et un CV entre 0,9 et 1,1, mesurés sur
# cent neurones pendant vingt secondes. Remplacez les deux `None`, exécutez, et
# recommencez : le taux change très vite avec σ. Le CV est calculé sur les
# intervalles des cent neurones, mis ensemble.

# %% id="reglage-coder" exercise="03.7" points=2
I_lent, sigma_lent = None, None
### BEGIN SOLUTION
I_lent, sigma_lent = 0.6, 0.19
### END SOLUTION

# %% id="reglage-mesure"
def cent_neurones(I, sigma):
    """Trains (ms) de cent neurones bruités, pendant 20 s."""
    return noisy_lif.simulate(20_000, dt=0.1, I=np.full(100, I), sigma=sigma,
                              record=[], rng=2018).spikes


bilan = {"taux": None, "cv": None}
if sigma_lent is not None:
    trains = cent_neurones(I_lent, sigma_lent)
    T = np.concatenate([np.diff(s) for s in trains])
    bilan["taux"] = sum(len(s) for s in trains) / 100 / 20  # Hz
    bilan["cv"] = np.std(T) / np.mean(T) if len(T) else np.nan
    print("taux :", number(bilan["taux"]), "Hz ; CV :", number(bilan["cv"]))

# %% id="reglage-verifier"
bilan = exercise("03.7").check(bilan)

# %% [markdown] id="reglage-commentaire"
# Il y a bien des solutions : pour chaque I au-dessous de 0,9, un σ convient. À
# 1 Hz, l'intervalle moyen vaut cent constantes de temps. Entre deux impulsions,
# le neurone a tout oublié ; la suivante arrive donc sans mémoire, comme une
# désintégration radioactive. **Un intègre-et-tire que le bruit seul fait
# décharger, et rarement, est forcément irrégulier.** Que devient le CV quand il
# accélère ?

# %% id="reglage-histogramme"
panneaux = []
for I, sigma, couleur in ((0.6, 0.2, "blue"), (0.8, 0.3, "green"),
                          (1.5, 0.2, "vermillion")):
    trains = cent_neurones(I, sigma)
    T = np.concatenate([np.diff(s) for s in trains])
    bords, densite = analysis.isi_histogram(trains, width=T.mean() / 12)
    x, y = np.repeat(bords / T.mean(), 2)[1:-1], np.repeat(densite, 2)
    titre = (f"f = {decimal(1000 / T.mean())} Hz,"
             f" CV = {decimal(T.std() / T.mean(), 2)}")
    panneaux.append(Panel(titre, Axis(
        "intervalle / moyenne", "", (0, 4), shown=I > 1), Axis(
        "densité", "", (0, 1.15 * (y * T.mean()).max())),
        (Line(x, y * T.mean(), titre, couleur, under=0),)))
draw(Scene((tuple(panneaux),), height=560), 7.5)

# %% [markdown] id="reglage-histogramme-commentaire"
# *Figure :* trois histogrammes d'intervalles, divisés par leur moyenne. En
# haut, le neurone lent : une exponentielle, qui ne part qu'après un court
# silence. Au milieu, un neurone plus rapide : une bosse, et une longue queue.
# En bas, un neurone au-dessus de la rhéobase : un pic étroit, centré sur 1.
#
# Trois neurones, un seul modèle. Quand l'intervalle est long devant τ, la remise
# à zéro est oubliée ; quand il est court, et que le courant suffit à atteindre
# le seuil, elle se voit, et fait une horloge. Les neurones du cortex posent donc
# un problème [4] : ils vont vite, et restent irréguliers.

# %% [markdown] id="adex-situation"
# ## 7. Une mémoire : l'adaptation
#
# ### Situation
#
# Beaucoup de neurones ralentissent sous un courant constant. L'intègre-et-tire
# ne le peut pas : il repart de zéro à chaque fois. Donnons-lui une seconde
# variable, un courant $w$ qui freine, et qui grandit à chaque impulsion. Le
# modèle s'appelle **AdEx** [5]. Voici ses équations.

# %% id="adex-equations"
ADEX["adapting"]

# %% [markdown] id="adex-formaliser"
# À chaque impulsion, V est remis à $V_r$, et $w$ augmente de $b$ (pA). Entre
# les impulsions, $w$ retombe avec sa propre constante de temps, $\tau_w$, des
# centaines de millisecondes. L'exponentielle remplace le seuil décrété : passé
# $V_T$, la montée s'emballe d'elle-même.
#
# ### Prédire
#
# Le premier intervalle dure 11 ms. Pendant que $w$ s'accumule, les intervalles
# s'allongent. De combien de fois le dernier, après une seconde, est-il plus
# long que le premier ?

# %% id="adex-pronostic"
pronostic("03.g", rapport=None)

# %% id="adex-figure"
noms = {"tonic": ("tonique", "ink"), "adapting": ("qui s'adapte", "blue"),
        "initial_burst": ("à bouffée initiale", "green"),
        "bursting": ("en bouffées", "vermillion")}
trains, panneaux = {}, []
for nom, (mot, couleur) in noms.items():
    trace = ADEX[nom].simulate(1000, dt=0.05)
    trains[nom] = trace.spikes
    V = np.where(np.isin(np.arange(trace.t.size),
                         np.round(trace.spikes / 0.05)), 0, trace["V"])
    x = Axis("t", "ms", (0, 500), shown=nom == "bursting")
    panneaux.append(Panel(nom, x, Axis("V", "mV", (-85, 5)), (
        Line(trace.t, V, mot, couleur, width=1.2),)))
draw(Scene((tuple(panneaux),), height=620), 8)

# %% id="adex-comparer"
T = np.diff(trains["adapting"])
comparer("03.g", rapport=T[-1] / T[0])
for nom, (mot, _) in noms.items():
    debut = np.diff(trains[nom])[:6]
    print(f"{mot} :", " ; ".join(decimal(x, 0) for x in debut), "ms, …")

# %% [markdown] id="adex-commentaire"
# *Figure :* quatre décharges d'un même modèle, sur 500 ms. Tonique : un train
# serré et régulier. Qui s'adapte : des intervalles qui s'allongent, puis se
# stabilisent. À bouffée initiale : trois impulsions rapprochées, puis un rythme
# lent. En bouffées : des paires serrées, séparées de longs silences.
#
# Près de sept fois. Les équations sont les mêmes ; seuls quelques nombres
# changent, ceux de Naud et de ses collègues [6]. Les suites d'intervalles
# suffisent à reconnaître le motif, sans voir V.

# %% [markdown] id="adaptation-coder-texte"
# ### Coder
#
# Résumons l'adaptation par un nombre. Pour deux intervalles successifs, le
# changement relatif est $(T_{k+1} - T_k)/(T_{k+1} + T_k)$, entre −1 et 1.
# Rendez sa **moyenne** le long du train ; `np.nan` avec moins de deux
# intervalles.

# %% id="adaptation-coder" exercise="03.8" points=2
def adaptation(impulsions):
    """Indice d'adaptation d'un train ; instants en ms."""
    ### BEGIN SOLUTION
    T = np.diff(impulsions)
    if len(T) < 2:
        return np.nan
    return np.mean((T[1:] - T[:-1]) / (T[1:] + T[:-1]))
    ### END SOLUTION

# %% id="adaptation-verifier"
adaptation = exercise("03.8").check(adaptation)

# %% id="adaptation-mesure"
points = []
formes = {"tonic": "circle", "adapting": "square",
          "initial_burst": "triangle", "bursting": "diamond"}
for nom, (mot, couleur) in noms.items():
    T = np.diff(trains[nom])
    print(f"{mot} : indice {decimal(adaptation(trains[nom]), 3)},",
          f"CV {decimal(cv(trains[nom]), 2)}")
    points.append(Points(T[:-1], T[1:], mot, couleur, formes[nom], 8, False))
egal = Line([0, 140], [0, 140], "", "grey", "dot")
draw(Scene(((Panel("retour", Axis("un intervalle", "ms", (0, 140)), Axis(
    "le suivant", "ms", (0, 140)), (egal, *points)),),), height=480), 6.5)

# %% [markdown] id="adaptation-commentaire"
# *Figure :* chaque intervalle en abscisse, le suivant en ordonnée. Le train
# tonique est un seul point, sur la diagonale. Celui qui s'adapte monte le long
# de la diagonale, un peu au-dessus, jusqu'à son rythme final. Les bouffées
# forment deux amas opposés, loin de la diagonale : un court, un long, un court.
#
# L'indice distingue mal le neurone en bouffées d'un train tonique : les
# ralentissements et les accélérations s'y compensent. Le CV, lui, les sépare.
# **Un nombre ne résume pas un motif** ; ce petit graphe, si.

# %% [markdown] id="adex-manipuler"
# ### Manipuler
#
# Changez un paramètre à la fois, et dites **avant** ce que vous attendez.
# Essayez `b=0`, puis `b=200` ; rendez `V_r` plus haut, −48 mV : la remise à zéro
# laisse alors V tout près du seuil.

# %% id="adex-essai"
essai = ADEX["adapting"].with_(b=60, V_r=-58)
T = np.diff(essai.simulate(1000, dt=0.05).spikes)
print("premiers intervalles :", " ; ".join(decimal(x, 0) for x in T[:10]),
      "ms")

# %% [markdown] id="mystere-situation"
# ## 8. Le neurone mystère
#
# ### Situation
#
# Voici un neurone dont vous ne savez rien, sinon qu'il est un intègre-et-tire :
# $\tau\,du/dt = -u + RI$, un seuil θ, une remise à zéro, une période
# réfractaire $D$. Vous avez une électrode, un amplificateur qui ajoute un bruit
# de 0,5 mV à chaque point, et des impulsions datées à 0,2 ms près.
#
# Choisissez une graine, votre numéro d'étudiant par exemple : elle fabrique
# **votre** neurone, différent de celui du voisin.

# %% id="mystere-neurone"
graine = 2018
mystere = neurone_mystere(graine)
I_calme = 0.045  # nA, à augmenter tant que le neurone se tait
t, u, impulsions = mystere.mesurer(I_calme, 400)
print("impulsions :", len(impulsions), "; palier :",
      quantity(u[t > 200].mean(), "mV", 2))
draw(Scene(((Panel("u", Axis("t", "ms", (0, 400)), Axis(
    "u", "mV", (u.min() - 0.5, u.max() + 0.5)), (
    Line(t, u, "mesure", "grey", width=0.8),)),),), height=280), 7)

# %% [markdown] id="mystere-calme"
# *Figure :* le potentiel mesuré pendant 400 ms, sous un petit courant : une
# montée arrondie vers un palier, noyée dans un bruit d'un demi-millivolt.
#
# Sous le seuil, cette courbe contient R et τ. Au-dessus, les intervalles
# contiennent θ et D. Récoltons-les pour cinq courants ; changez-les à votre
# guise, à condition que le neurone décharge.

# %% id="mystere-intervalles"
courants = np.array([0.4, 0.5, 0.7, 1.0, 1.6])  # nA
trains = [mystere.impulsions(I, 2000) for I in courants]
T = np.array([(s[-1] - s[0]) / (len(s) - 1) for s in trains])
erreur_T = np.array([0.2 * np.sqrt(2) / (len(s) - 1) for s in trains])
for I, moyenne, e in zip(courants, T, erreur_T, strict=True):
    print(f"I = {decimal(I, 2)} nA : T = {decimal(moyenne, 3)}",
          f"± {decimal(e, 3)} ms")

# %% [markdown] id="mystere-formaliser"
# L'intervalle moyen ne dépend que de la première date et de la dernière,
# chacune à 0,2 ms près : son erreur est $0{,}2\sqrt2/(n-1)$ pour $n$
# impulsions.
#
# ### Formaliser
#
# **Une estimation est un couple** : une valeur, et un écart type. L'ajustement
# de moindres carrés donne les deux :
#
# `curve_fit(f, x, y, p0, sigma=erreurs, absolute_sigma=True)`
#
# rend les paramètres, et une matrice de **covariance** dont la diagonale porte
# leurs variances. `f(x, a, b, …)` rend les mesures attendues. Rien n'oblige ces
# mesures à être de même nature : `np.concatenate` met bout à bout des
# potentiels et des intervalles.
#
# ### Coder
#
# Remplissez `estimation` : pour chaque paramètre, `(valeur, écart type)`.
# L'unité est celle du TD : ms, MΩ, mV depuis le repos, ms. Vous avez
# `reponse_creneau` et `intervalle` ; ajustez en deux temps, ou en un seul.

# %% id="mystere-estimer" exercise="03.9" points=4
estimation = {"tau": None, "R": None, "theta": None, "D": None}
### BEGIN SOLUTION
def attendu(_, tau, R, theta, D):
    potentiel = reponse_creneau(t, tau, R, I_calme, 500)
    attente = np.asarray(intervalle(courants, tau, R, theta))
    return np.concatenate([potentiel, D + attente])


R_lu = u[t > 200].mean() / I_calme
bruit = np.concatenate([np.full(t.size, 0.5), erreur_T])
trouves, C = curve_fit(
    attendu, None, np.concatenate([u, T]), p0=[15, R_lu, R_lu * 0.2, 2],
    sigma=bruit, absolute_sigma=True)
barres = np.diag(C) ** 0.5
for nom, valeur, barre in zip(estimation, trouves, barres, strict=True):
    estimation[nom] = (valeur, barre)
### END SOLUTION
for nom, couple in estimation.items():
    print(nom, "=", couple and " ± ".join(number(x, 4) for x in couple))

# %% [markdown] id="mystere-verifier-texte"
# ### Vérifier
#
# La vérité est refabriquée à partir de la graine. Chaque barre doit la
# **couvrir** : elle doit être à moins de trois écarts types de votre valeur. Et
# la barre ne doit pas être trop large : un dixième de la valeur, un quart
# pour D.

# %% id="mystere-verifier"
verdict = exercise("03.9").check(mystere.confronter(estimation))

# %% [markdown] id="mystere-commentaire"
# Un écart type honnête couvre la vérité deux fois sur trois à un écart type
# près, et presque toujours à trois. Une barre trop courte est un mensonge ; une
# barre trop longue, un aveu. Si vous échouez d'un cheveu, mesurez de nouveau :
# le bruit de l'amplificateur change à chaque expérience.

# %% [markdown] id="impulsions-situation"
# ## 9. Avec les seules impulsions
#
# ### Situation
#
# Vous retirez l'électrode. Il ne reste qu'un courant injecté de l'extérieur, et
# des impulsions. Peut-on encore tout savoir ?
#
# ### Prédire
#
# De τ, R, θ et D, combien de nombres peut-on encore estimer séparément ?

# %% id="impulsions-pronostic"
pronostic("03.h", parametres_connus=None)

# %% [markdown] id="impulsions-papier"
# ### Formaliser, sur le papier
#
# L'intervalle est $T = D + \tau \ln \dfrac{RI}{RI-\theta}$. Divisez le haut et
# le bas de la fraction par R. Quelle combinaison de R et de θ reste-t-il ?
# Vous l'avez déjà rencontrée, à la section 2.
#
# ### Coder
#
# Écrivez l'intervalle en fonction de ce qui reste.

# %% id="impulsions-coder" exercise="03.10" points=2
def intervalle_reduit(I, tau, rheobase, D):
    """Intervalle (ms) ; courant I et rhéobase en nA, infini sous elle."""
    with np.errstate(all="ignore"):
        ### BEGIN SOLUTION
        T = D + tau * np.log(I / (I - rheobase))
        return np.where(I > rheobase, T, np.inf)
        ### END SOLUTION

# %% id="impulsions-verifier"
intervalle_reduit = exercise("03.10").check(intervalle_reduit)

# %% id="impulsions-recolte"
graine = 2018  # la vôtre
aveugle = neurone_mystere(graine)
courants = np.array([0.4, 0.5, 0.7, 1.0, 1.6])  # nA
trains = [aveugle.impulsions(I, 2000) for I in courants]
T = np.array([(s[-1] - s[0]) / (len(s) - 1) for s in trains])
erreur_T = np.array([0.2 * np.sqrt(2) / (len(s) - 1) for s in trains])

# %% id="impulsions-ajuster"
valeurs, covariance = curve_fit(
    intervalle_reduit, courants, T, p0=[15, courants.min() / 2, 2],
    sigma=erreur_T, absolute_sigma=True)
ecarts = np.sqrt(np.diag(covariance))
mots = {"τ": "ms", "rhéobase": "nA", "D": "ms"}
for (nom, unite), x, e in zip(mots.items(), valeurs, ecarts, strict=True):
    print(f"{nom} = {decimal(x, 4)} ± {decimal(e, 4)} {unite}")

for R in (50, 100, 200):
    print(f"R = {R} MΩ et θ = {quantity(R * valeurs[1], 'mV', 2)} :",
          "intervalles", " ; ".join(decimal(x, 2) for x in valeurs[2]
          + np.asarray(intervalle(courants, valeurs[0], R,
                                  R * valeurs[1]))), "ms")

# %% [markdown] id="impulsions-commentaire"
# Trois nombres : τ, D, et la rhéobase θ/R. Les trois lignes du bas sont
# identiques : un neurone deux fois plus résistant, de seuil deux fois plus
# haut, donne **les mêmes impulsions**, à tous les courants. Aucune expérience
# de cette sorte ne les distinguera jamais, si longue soit-elle. Ce n'est plus
# une question de bruit : la question n'a pas de réponse.
#
# On dit que R et θ ne sont pas **identifiables** séparément. Avant d'ajuster un
# modèle, demandez-vous toujours ce que vos mesures peuvent en dire.

# %% [markdown] id="impulsions-expliquer" exercise="03.2x" manual=true points=1
# ### Expliquer
#
# Pourquoi R et θ ne peuvent-ils être connus, par les impulsions, que par leur
# rapport ? Que suffirait-il de mesurer en plus ? Deux phrases.
#
# ### BEGIN SOLUTION
# Si l'on change l'unité de u, R et θ sont multipliés par le même facteur et
# les instants des impulsions ne changent pas : rien, dans ces instants, ne
# fixe l'échelle des potentiels. Un seul potentiel mesuré, par exemple le palier
# sous un courant connu, la fixe.
# ### END SOLUTION

# %% [markdown] id="bilan"
# ## Bilan
#
# Vous savez résoudre un intègre-et-tire sur une feuille, et dire ce que son
# seuil décrété lui coûte. Vous savez dater une impulsion, ajouter un bruit qui
# ne dépend pas du pas, et mesurer une irrégularité sans croire la première
# mesure venue. Vous savez estimer des paramètres avec leurs barres, et
# reconnaître ceux que l'expérience ne dira jamais.
#
# **La figure à savoir dessiner de mémoire :** celle de la section 5. Trois
# courbes f(I) : sans bruit, un pied abrupt à la rhéobase ; avec du bruit, un
# pied qui s'adoucit et gagne vers la gauche.

# %% [markdown] id="musee-situation"
# ## Musée des erreurs
#
# **Pièce n° 3. Les passages que personne n'a vus.** Ce programme simule le
# neurone bruité, avec μ = 0,6 et σ = 0,3. Le pas est fin, un centième de τ. Le
# bruit est juste : c'est votre `pas_bruite`. Le seuil est vérifié à chaque pas.
# Et pourtant, il est faux. Exécutez-le : il compare son taux à la formule de
# Siegert, puis recommence avec des pas de plus en plus courts.

# %% id="musee-piece"
def voit(avant, apres, dt, rng):
    """Le seuil, 1, a-t-il été atteint pendant le pas ?"""
    return apres >= 1


def taux_simule(voit, dt, n, T=1200, oubli=200):
    """Taux (Hz) de n neurones bruités ; les 200 premières ms oubliées."""
    rng, u, total = np.random.default_rng(2018), np.zeros(n), 0
    for k in range(round(T / dt)):
        tirage = rng.standard_normal(n)
        arrivee = np.asarray(pas_bruite(u, 0.6, 10, 0.3, dt, tirage))
        passe = voit(u, arrivee, dt, rng)
        total += passe.sum() if k * dt >= oubli else 0
        u = np.where(passe, 0.0, arrivee)
    return 1000 * total / n / (T - oubli)

# %% [markdown] id="musee-predire"
# ### Prédire
#
# Quand on divise dt par quatre, par combien l'erreur sur le taux est-elle
# divisée ?

# %% id="musee-pronostic"
pronostic("03.i", facteur_pour_dt_sur_4=None)

# %% id="musee-mesure"
juste = analysis.siegert_rate(0.6, 0.3)
n = budget(flash=600, td=1500, complet=20_000)
pas, manque = np.array([0.4, 0.1, 0.025]), []
for dt in pas:
    f = taux_simule(voit, dt, n)
    manque.append(100 * (f / juste - 1))
    print(f"dt = {decimal(dt, 3)} ms : {decimal(f, 2)} Hz, au lieu de",
          f"{decimal(juste, 2)} ; écart de {decimal(manque[-1])} %")
pente = np.polyfit(np.log(pas), np.log(np.abs(manque)), 1)[0]
comparer("03.i", facteur_pour_dt_sur_4=4**pente)

# %% [markdown] id="musee-trouver"
# **Trouver.** Dix pour cent de moins, avec un pas de 0,1 ms, et moitié moins
# d'erreur avec 0,025. Diviser dt par quatre ne divise l'erreur que par
# **deux**, à peu près : elle suit $\sqrt{dt}$. Pour gagner un facteur dix, il
# faudrait un pas cent fois plus court. Relisez `voit`. Que peut faire u entre deux regards ?
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# Entre deux pas, le chemin bruité monte et descend. Il peut franchir le seuil
# **et revenir** avant le regard suivant. Le vrai neurone a déchargé ; le
# programme n'a rien vu. Sur un chemin lisse, ce serait un détail ; sur un
# chemin de bruit, dont l'excursion est de l'ordre de $\sigma\sqrt{dt/\tau}$,
# c'est l'essentiel de l'erreur.
#
# </details>

# %% [markdown] id="musee-papier"
# **Expliquer, sur le papier.** Entre $u_0$ et $u_1$, tous deux sous θ, quelle
# est la probabilité d'avoir touché θ ? Pendant un pas, le chemin est un bruit
# pur d'écart type $s = \sigma\sqrt{dt/\tau}$. Prenez un chemin qui touche θ, et
# **réfléchissez** dans un miroir, posé sur θ, tout ce qui suit le contact : il
# finit en $2\theta - u_1$. Le miroir échange les chemins qui touchent θ et
# finissent en $u_1$ avec ceux, aussi probables, qui finissent en
# $2\theta - u_1$. Or ceux-ci touchent tous θ. La probabilité cherchée est donc
# le rapport de deux gaussiennes :
#
# $$p = \frac{e^{-(2\theta - u_1 - u_0)^2/2s^2}}{e^{-(u_1 - u_0)^2/2s^2}}$$
#
# Développez les deux carrés, et simplifiez.

# %% [markdown] id="musee-reparer"
# **Réparer.** Rendez cette probabilité. Si l'un des deux bouts est au seuil ou
# au-dessus, elle vaut 1.

# %% id="musee-coder" exercise="03.11" points=3
def proba_de_passage(u_0, u_1, theta, s):
    """Probabilité d'atteindre theta entre u_0 et u_1 ; s : écart type."""
    ### BEGIN SOLUTION
    dessous = (theta - u_0) * (theta - u_1)
    return np.where((u_0 < theta) & (u_1 < theta),
                    np.exp(-2 * dessous / s**2), 1.0)
    ### END SOLUTION

# %% id="musee-verifier"
proba_de_passage = exercise("03.11").check(proba_de_passage)

# %% [markdown] id="musee-prouver-texte"
# **Prouver.** Tirons au sort, à chaque pas, les passages invisibles.

# %% id="musee-prouver"
def devine(avant, apres, dt, rng):
    """Le seuil a-t-il été atteint pendant le pas, vu ou non ?"""
    s = 0.3 * np.sqrt(dt / 10)
    with np.errstate(over="ignore"):
        p = proba_de_passage(avant, apres, 1.0, s)
    return rng.random(apres.size) < p


for dt in (0.4, 0.2, 0.1):
    f = taux_simule(devine, dt, n)
    print(f"dt = {decimal(dt, 3)} ms : {decimal(f, 2)} Hz,",
          f"écart de {decimal(100 * (f / juste - 1))} %")

# %% [markdown] id="musee-commentaire"
# Ce qui reste est petit, et, aux hasards du tirage près, proportionnel à dt :
# 3,9 %, 1,8 % et 1,0 % dans le profil « complet ». L'ordre ½ est devenu l'ordre
# 1 ; à 0,1 ms, l'erreur est dix fois plus petite.
#
# Une autre réparation, plus rapide, déplace le seuil : vu
# de la grille, tout se passe comme s'il était plus haut de $0{,}5826\,
# \sigma\sqrt{dt/\tau}$ [7]. C'est ce que fait `siegert_rate` quand on lui donne
# dt, pour prévoir ce que dira une simulation.

# %% id="musee-prevoir"
for dt, ecart in zip(pas, manque, strict=True):
    prevu = 100 * (analysis.siegert_rate(0.6, 0.3, dt=dt) / juste - 1)
    print(f"dt = {decimal(dt, 3)} ms : écart mesuré {decimal(ecart)} %,",
          f"prévu {decimal(prevu)} %")

# %% [markdown] id="musee-expliquer" exercise="03.3x" manual=true points=1
# **Expliquer.** Le schéma d'Euler et Maruyama donnait pourtant, sans seuil, le
# bon écart type à tous les pas. Pourquoi ne le doit-on pas soupçonner ici ? Une
# phrase.
#
# ### BEGIN SOLUTION
# Les valeurs de u aux instants de la grille sont bonnes ; c'est la question
# posée, « u a-t-il touché le seuil ? », qui porte sur tout le chemin et non
# sur ces seuls instants.
# ### END SOLUTION

# %% [markdown] id="plus-loin"
# ## Pour aller plus loin
#
# - **L'irrégularité du cortex.** Un neurone du cortex décharge vite et reste
#   irrégulier ; Softky et Koch l'ont montré [4]. Une réponse est l'équilibre
#   entre excitation et inhibition : elles se compensent, μ reste sous le seuil,
#   et le bruit fait tout. Cherchez un couple (I, σ) qui donne 50 Hz et un CV de
#   0,9, avec un pas de 0,01 ms. Comparez votre σ au seuil : que faudrait-il que
#   les synapses fassent ?
# - **Identifier un neurone réel.** Un courant constant apprend peu : on injecte
#   un courant bruité, et l'on prédit chaque impulsion. Avec un seuil qui bouge,
#   un modèle à peine plus riche que celui-ci prévoit la plupart des impulsions
#   d'un neurone du cortex [8].

# %% [markdown] id="references"
# ## Références
#
# 1. L. Lapicque, « Recherches quantitatives sur l'excitation électrique des
#    nerfs traitée comme une polarisation », *J. Physiol. Pathol. Gén.* 9 (1907)
#    620-635.
# 2. A. L. Hodgkin, « The local electric changes associated with repetitive
#    action in a non-medullated axon », *J. Physiol.* 107 (1948) 165-181.
# 3. A. J. F. Siegert, « On the first passage time probability problem », *Phys.
#    Rev.* 81 (1951) 617-623 ; sous la forme employée ici : N. Brunel,
#    V. Hakim, *Neural Comput.* 11 (1999) 1621-1671.
# 4. W. R. Softky, C. Koch, « The highly irregular firing of cortical cells is
#    inconsistent with temporal integration of random EPSPs », *J. Neurosci.*
#    13 (1993) 334-350.
# 5. R. Brette, W. Gerstner, « Adaptive exponential integrate-and-fire model as
#    an effective description of neuronal activity », *J. Neurophysiol.* 94
#    (2005) 3637-3642.
# 6. R. Naud, N. Marcille, C. Clopath, W. Gerstner, « Firing patterns in the
#    adaptive exponential integrate-and-fire model », *Biol. Cybern.* 99 (2008)
#    335-347.
# 7. M. Broadie, P. Glasserman, S. Kou, « A continuity correction for discrete
#    barrier options », *Math. Finance* 7 (1997) 325-349.
# 8. R. Jolivet, R. Kobayashi, A. Rauch, R. Naud, S. Shinomoto, W. Gerstner, « A
#    benchmark test for a quantitative assessment of simple neuron models », *J.
#    Neurosci. Methods* 169 (2008) 417-424.
# 9. G. B. Ermentrout, « Type I membranes, phase resetting curves, and
#    synchrony », *Neural Comput.* 8 (1996) 979-1001.
