# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] id="titre"
# # TD01 — Hodgkin et Huxley : comment naît un potentiel d'action
#
# Vous partez de quelques concentrations de sel. À la fin, un neurone décharge
# sous vos yeux, et vous savez nommer chaque pièce du mécanisme.
#
# > **Objectifs.** À la fin, vous saurez :
# > - calculer le potentiel d'équilibre d'un ion, et dire dans quel sens cet
# >   ion pousse la membrane ;
# > - écrire et coder le bilan des courants, avec les bons signes et les bonnes
# >   unités ;
# > - expliquer pourquoi 5 µA/cm² donnent un seul potentiel d'action, et 10 un
# >   train ;
# > - mesurer un taux de décharge, une période réfractaire, le prix d'une
# >   impulsion en ions, et l'ordre d'un schéma numérique.
# >
# > **Prérequis.** Lire une équation différentielle du premier ordre ; écrire
# > une fonction en Python ; savoir ce que sont un ion, une tension et un
# > courant.
# >
# > **Durée.** Deux à trois heures. Si le temps presse, gardez les sections 8
# > et 12 pour chez vous.
# >
# > **Matériel repris.** Aucun : c'est le premier TD.

# %% [markdown] id="simplifications"
# > **Ce que ce modèle simplifie.**
# > - *Un point de membrane.* Rien ne se propage ici. Sur l'axone, le potentiel
# >   d'action voyage, à une vingtaine de mètres par seconde chez le calmar
# >   [2].
# > - *Des fractions, pas des canaux.* Un vrai canal s'ouvre et se ferme au
# >   hasard ; le modèle n'en retient que la proportion ouverte, sans bruit.
# > - *Des portes indépendantes.* Les états d'un vrai canal sont liés entre eux
# >   [4].
# > - *Des piles inusables.* Les concentrations ne changent pas. Aucune pompe
# >   ne figure dans les équations ; la section 12 dira si elle y manque.
# > - *Un seul animal.* Deux courants commandés par la tension suffisent à
# >   l'axone géant du calmar. Un neurone du cortex en possède davantage.

# %% [markdown] id="preparation-texte"
# Exécutez d'abord la cellule suivante : elle réunit le matériel du TD.
# Ensuite, chaque section peut se faire seule.

# %% id="preparation"
# %matplotlib inline
import matplotlib.pyplot as plt
import numpy as np

from course.exercises import comparer, exercise, pronostic
from course.inputs import noise, piecewise, pulse
from course.neurons import hodgkin_huxley as hh
from course.plot.french import decimal, quantity
from course.plot.mpl import draw
from course.plot.scene import Axis, Line, Mark, Panel, Points, Raster, Scene
from course.profile import budget, profile
from course.widgets import explore_hodgkin_huxley

attente = budget(flash="5 s", td="10 s", complet="2 min")
print(f"Profil « {profile()} » : aucun calcul ne dépasse {attente}.")

# %% [markdown] id="pile-situation"
# ## 1. Une pile de sel
#
# ### Situation
#
# L'axone géant du calmar baigne dans un liquide salé. Dedans, beaucoup de
# potassium ; dehors, beaucoup de sodium et de chlorure [1] :
#
# | ion | dehors (mmol/L) | dedans (mmol/L) |
# |:----|---:|---:|
# | K⁺  | 20  | 400 |
# | Na⁺ | 440 | 50  |
# | Cl⁻ | 560 | 52  |
#
# Ouvrons un passage au seul potassium. La diffusion le pousse dehors. Chaque
# ion qui sort laisse une charge négative derrière lui ; une tension
# s'installe, et rappelle le potassium. À une certaine tension, les deux
# poussées se compensent : c'est le **potentiel d'équilibre** de l'ion.

# %% [markdown] id="pile-predire"
# ### Prédire
#
# On verse du potassium dans l'eau de mer : sa concentration extérieure est
# multipliée par dix. De combien de millivolts son potentiel d'équilibre
# change-t-il, et dans quel sens ? Notez un nombre, même au hasard : remplacez
# `None`, puis exécutez. En Python, la virgule décimale s'écrit avec un point :
# 12.5, et non 12,5.

# %% id="pile-pronostic"
pronostic("01.a", changement_E_K=None)  # en mV, avec son signe

# %% [markdown] id="pile-formaliser"
# ### Formaliser
#
# Faites entrer une mole d'ions. La différence de concentration demande un
# travail $RT \ln(c_{int}/c_{ext})$, la tension un travail $zFV$. À
# l'équilibre, leur somme est nulle :
#
# $$E = \frac{RT}{zF}\,\ln\frac{c_{ext}}{c_{int}}$$
#
# - $E$ : potentiel d'équilibre, intérieur moins extérieur, en volts ;
# - $R$ = 8,314 J/(mol·K), constante des gaz ; $F$ = 96 485 C/mol, charge d'une
#   mole de protons ;
# - $T$ : température absolue, en kelvins ;
# - $z$ : charge de l'ion, sans unité : +1 pour K⁺ et Na⁺, −1 pour Cl⁻, +2 pour
#   Ca²⁺ ;
# - $c_{ext}$, $c_{int}$ : concentrations dehors et dedans, dans la même unité.

# %% [markdown] id="pile-coder"
# ### Coder
#
# Écrivez le potentiel de Nernst. On vous donne les concentrations, la charge,
# et la température **en degrés Celsius**. Rendez des **millivolts**. La
# cellule qui suit la vôtre vous répond ; elle ne se modifie pas. Si Python
# annonce `SyntaxError` ou `NameError`, corrigez votre cellule et exécutez-la
# avant de vérifier.

# %% id="nernst-coder" exercise="01.1" points=2
R = 8.314462618  # J/(mol·K)
F = 96485.33212  # C/mol


def nernst(c_ext, c_int, z, T):
    """Potentiel d'équilibre (mV). Concentrations en mmol/L, T en °C."""
    ### BEGIN SOLUTION
    return 1000 * R * (T + 273.15) / (z * F) * np.log(c_ext / c_int)
    ### END SOLUTION

# %% id="nernst-verifier"
nernst = exercise("01.1").check(nernst)

# %% [markdown] id="nernst-table-texte"
# ### Vérifier
#
# Hodgkin et Huxley donnent leurs équations à 6,3 °C [2]. Calculons les trois
# potentiels à cette température, puis à 20 °C, celle des manuels.

# %% id="nernst-table"
ions = {"K": (20, 400, 1), "Na": (440, 50, 1), "Cl": (560, 52, -1)}
for T in (6.3, 20):
    valeurs = [f"E_{ion} = {quantity(nernst(*c, T), 'mV')}"
               for ion, c in ions.items()]
    print(f"À {quantity(T, '°C')} :", " ; ".join(valeurs))

comparer("01.a", changement_E_K=nernst(200, 400, 1, 6.3)
         - nernst(20, 400, 1, 6.3))

# %% [markdown] id="nernst-commentaire"
# Le potassium tire vers le bas, le sodium vers le haut. À 20 °C, vous
# retrouvez, au millivolt près, les −75, +55 et −60 mV des manuels [1].
#
# Un facteur dix de concentration déplace E_K d'une cinquantaine de millivolts,
# quel que soit le point de départ : c'est le logarithme qui parle. Si vous
# aviez multiplié E_K par dix, vous n'êtes pas le premier.
#
# Plaçons les trois piles sur une échelle, avec le repos du modèle.

# %% id="echelle"
couleurs = {"K": "blue", "Na": "vermillion", "Cl": "green"}
traits = []
for ion, couleur in couleurs.items():
    E = float(nernst(*ions[ion], 6.3))
    nom = f"E_{{{ion}}} = {quantity(E, 'mV')}"
    traits += [Line([0.1, 0.5], [E, E], colour=couleur, width=5),
               Mark(0.53, E - 2.5, nom, couleur)]
traits += [Mark(y=-65, colour="ink", dash="dash"),
           Mark(0.79, -63, "repos : −65 mV", "ink")]
x = Axis("", "", (0, 1), ticks=(), shown=False)
y = Axis("V", "mV", (-90, 70), ticks=(-80, -40, 0, 40))
draw(Scene(((Panel("échelle", x, y, tuple(traits)),),), height=340), 6)

# %% [markdown] id="echelle-commentaire"
# *Figure :* une échelle verticale de −90 à 70 mV. Tout en bas, un trait bleu,
# E_K ; tout en haut, un trait rouge orangé, E_Na ; entre les deux, un trait
# vert, E_Cl. Une ligne tiretée marque le repos, à −65 mV, entre E_K et E_Cl,
# et bien loin de E_Na.
#
# Le repos n'est l'équilibre d'aucun de ces ions. C'est un compromis, tout
# proche du potassium, parce que la membrane au repos laisse surtout passer le
# potassium.
#
# Le modèle prendra E_K = −77 mV et E_Na = 50 mV, à quelques millivolts des
# vôtres. Hodgkin et Huxley ne les ont pas calculés : ils ont cherché la
# tension où chaque courant change de sens.

# %% [markdown] id="pile-expliquer" exercise="01.1x" manual=true points=1
# ### Expliquer
#
# Au repos, à −65 mV, dans quel sens va chaque ion, K⁺ puis Na⁺ ? Pourquoi les
# concentrations ne finissent-elles pas par s'égaliser ? Deux phrases.
#
# ### BEGIN SOLUTION
# V est au-dessus de E_K : le potassium sort. V est très au-dessous de E_Na :
# le sodium entre. Ces fuites lentes useraient les piles ; la pompe
# sodium-potassium les recharge, lentement elle aussi, avec l'énergie de l'ATP.
# ### END SOLUTION

# %% [markdown] id="circuit-situation"
# ## 2. De la membrane au circuit
#
# ### Situation
#
# Une membrane est une couche de graisse isolante, percée de canaux.
# Traduisons-la pièce par pièce :
#
# | dans la membrane | dans le circuit | symbole, unité |
# |:---|:---|:---|
# | la couche isolante, qui sépare des charges | un condensateur | $C$, µF/cm² |
# | une famille de canaux | une conductance | $g$, mS/cm² |
# | une différence de concentration | une pile | $E$, mV |
# | l'électrode de l'expérimentateur | une source | $I$, µA/cm² |
#
# Tout est rapporté à un centimètre carré de membrane. Ces unités vont
# ensemble : mS × mV = µA, et µF × mV / ms = µA. Aucun facteur ne traînera dans
# les formules.
#
# La cellule suivante ne fait que dessiner : exécutez-la sans la lire.

# %% id="circuit-dessin"
ax = plt.figure(figsize=(7, 3), layout="constrained").add_subplot()
zigzag = np.array([0, 1, -1, 1, -1, 1, -1, 0]) / 7
for x, nom, c in (2, "Na", "#d55e00"), (4, "K", "#0072b2"), (6, "L", "grey"):
    ax.plot(x + zigzag, np.linspace(2.8, 4, 8), c, lw=2)
    ax.vlines([x, x, x], [0, 1.7, 4], [1.4, 2.8, 5], c, lw=2)
    lames = np.array([0.4, 0.2] if nom == "Na" else [0.2, 0.4])
    ax.hlines([1.7, 1.4], x - lames, x + lames, c, lw=2)
    ax.text(x + 0.3, 3.3, f"$g_{{{nom}}}$", c=c, size=13)
    ax.text(x + 0.5, 1.4, f"$E_{{{nom}}}$", c=c, size=13)
ax.vlines([0, 0], [0, 2.7], [2.3, 5], "k", lw=2)
ax.hlines([2.3, 2.7, 0, 5], [-.4, -.4, -1, -1], [.4, .4, 7, 7], "k", lw=2)
ax.annotate("$I$", (-1, 5), (-1, 6), ha="center", arrowprops={"fc": "k"})
for x, y, mot in (.5, 2.4, "$C$"), (7.1, 5, "dedans"), (7.1, 0, "dehors"):
    ax.text(x, y, mot, size=12)
_ = ax.axis("off")

# %% [markdown] id="circuit-formaliser"
# *Figure :* deux fils horizontaux, l'intérieur de la cellule en haut,
# l'extérieur en bas. Quatre voies les relient : un condensateur C, puis trois
# conductances, g_Na, g_K et g_L, chacune en série avec sa pile. La pile du
# sodium a son pôle positif dedans, les deux autres l'ont dehors. Une flèche
# marque le courant I injecté dans le fil du haut.
#
# La voie L, de l'anglais *leak*, est la **fuite** : tout ce qui passe sans
# être commandé par la tension.
#
# ### Formaliser
#
# **Une convention, tenue jusqu'au bout :** un courant ionique est positif
# quand des charges positives **sortent**. Le courant injecté, lui, est positif
# quand il **entre**.
#
# Chaque voie suit la loi d'Ohm, comptée à partir de sa pile :
#
# $$I_{ion} = g_{ion}\,(V - E_{ion})$$
#
# L'écart $V - E_{ion}$ s'appelle la **force motrice**. Il décide du sens ; la
# conductance décide de la quantité.

# %% [markdown] id="circuit-expliquer" exercise="01.2x" manual=true points=1
# ### Expliquer
#
# La membrane est à −65 mV, avec E_K = −77 mV et E_Na = 50 mV. Donnez le signe
# de I_K et celui de I_Na. Lequel des deux a la plus grande force motrice, et
# pourquoi son courant reste-t-il pourtant petit au repos ?
#
# ### BEGIN SOLUTION
# V − E_K = 12 mV : I_K est positif, sortant. V − E_Na = −115 mV : I_Na est
# négatif, entrant. Le sodium a la plus grande force motrice, mais presque tous
# ses canaux sont fermés au repos : sa conductance est minuscule.
# ### END SOLUTION

# %% [markdown] id="porte-situation"
# ## 3. Une porte hésite
#
# ### Situation
#
# Les conductances du sodium et du potassium dépendent de la tension. Hodgkin
# et Huxley imaginent, sur chaque canal, de petites **portes**. Chacune s'ouvre
# et se referme au hasard, et la tension penche la balance.
#
# Sur un grand nombre de portes identiques, notons $n$ la fraction ouverte, un
# nombre entre 0 et 1. Deux flux se croisent :
#
# - une porte fermée s'ouvre avec le taux $\alpha_n$ : il y en a $1-n$ ;
# - une porte ouverte se ferme avec le taux $\beta_n$ : il y en a $n$.
#
# $$\frac{dn}{dt} = \alpha_n(V)\,(1-n) - \beta_n(V)\,n$$
#
# $n$ n'a pas d'unité et $t$ est en millisecondes : $\alpha_n$ et $\beta_n$
# sont donc en **ms⁻¹**. Si $\alpha_n$ vaut 0,5 ms⁻¹, une porte fermée attend
# deux millisecondes en moyenne avant de s'ouvrir.

# %% [markdown] id="porte-papier"
# ### Formaliser, sur le papier
#
# Prenez une feuille. Tenez V fixe : α et β sont alors deux nombres.
#
# 1. Pour quelle valeur $n_\infty$ la fraction ne change-t-elle plus ?
# 2. Montrez que l'équation s'écrit $\tau_n\, dn/dt = n_\infty - n$, et trouvez
#    $\tau_n$.
# 3. Quelle est l'unité de $\tau_n$ ? Que devient $\tau_n$ si les deux taux
#    doublent ? Et $n_\infty$ ?
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# Développez : $dn/dt = \alpha_n - (\alpha_n + \beta_n)\,n$. Le membre de
# droite s'annule pour $n_\infty = \alpha_n/(\alpha_n+\beta_n)$. Mettez
# $\alpha_n + \beta_n$ en facteur : $dn/dt = (\alpha_n+\beta_n)\,(n_\infty -
# n)$. On lit $\tau_n = 1/(\alpha_n+\beta_n)$, en millisecondes. Si les deux
# taux doublent, $\tau_n$ est divisée par deux et $n_\infty$ ne bouge pas : la
# porte va au même endroit, deux fois plus vite.
#
# </details>

# %% [markdown] id="porte-coder"
# ### Coder
#
# Écrivez la fonction qui rend les deux nombres, **dans cet ordre** : la valeur
# d'équilibre, puis la constante de temps. Elle servira pour les trois portes.

# %% id="porte-fonction" exercise="01.2" points=2
def porte(alpha, beta):
    """(valeur d'équilibre, constante de temps en ms) ; taux en 1/ms."""
    ### BEGIN SOLUTION
    return alpha / (alpha + beta), 1 / (alpha + beta)
    ### END SOLUTION

# %% id="porte-verifier"
porte = exercise("01.2").check(porte)

# %% [markdown] id="porte-trois"
# ### Vérifier
#
# Le modèle a trois sortes de portes. $m$ et $h$ gardent le canal sodium : $m$
# l'ouvre, $h$ le laisse libre ou le bouche ; un canal bouché par $h$ est
# **inactivé**. $n$ ouvre le canal potassium. Voici leurs six taux, ajustés sur
# l'axone ; V est en millivolts, les taux en ms⁻¹. La cellule ne fait que les
# afficher.

# %% id="modele"
from IPython.display import Math

taux = [ligne for ligne in hh._repr_latex_().splitlines()
        if ligne.startswith((r"\alpha", r"\beta"))]
Math("\n".join([r"\begin{aligned}", *taux, r"\end{aligned}"]))

# %% [markdown] id="porte-predire"
# ### Prédire
#
# Trois portes, trois vitesses. À −40 mV, laquelle est la plus rapide ? De
# combien de fois devance-t-elle la plus lente ?

# %% id="porte-pronostic"
pronostic("01.b", rapport_lente_sur_rapide=None)

# %% id="porte-courbes"
V = np.linspace(-100, 50, 301)
styles = {"m": ("vermillion", "solid"), "h": ("purple", "dash"),
          "n": ("blue", "dashdot")}
eq, vitesse = [], []
for x, (couleur, tiret) in styles.items():
    alpha, beta = (hh.evaluate(f"{taux}_{x}", V=V) for taux in
                   ("alpha", "beta"))
    x_inf, tau = porte(alpha, beta)
    eq.append(Line(V, x_inf, f"{x}_{{∞}}", couleur, tiret))
    vitesse.append(Line(V, tau, f"τ_{{{x}}}", couleur, tiret))
gauche = Panel("équilibre", Axis("V", "mV", (-100, 50)), Axis(
    "fraction ouverte", "", (0, 1)), tuple(eq))
droite = Panel("temps", Axis("V", "mV", (-100, 50)), Axis(
    "τ", "ms", (0, 9)), tuple(vitesse))
draw(Scene(((gauche,), (droite,)), widths=(1, 1), height=360))

# %% [markdown] id="porte-lecture"
# *Figure :* deux graphes en fonction de V, de −100 à 50 mV. À gauche, n∞ et m∞
# montent de 0 à 1 en forme de S ; h∞ descend de 1 à 0. À droite, les
# constantes de temps : τ_n et τ_h forment de larges bosses de plusieurs
# millisecondes, tandis que τ_m ne dépasse guère une demi-milliseconde.

# %% id="porte-comparer"
taux = [{x: hh.evaluate(f"{x}_{porte_}", V=-40) for x in ("alpha", "beta")}
        for porte_ in "nmh"]
tau_n, tau_m, tau_h = (float(porte(**t)[1]) for t in taux)
print("À −40 mV :", " ; ".join(
    f"{nom} = {quantity(tau, 'ms', 2)}" for nom, tau in
    (("τ_n", tau_n), ("τ_m", tau_m), ("τ_h", tau_h))))
comparer("01.b", rapport_lente_sur_rapide=max(tau_n, tau_h) / tau_m)

# %% [markdown] id="porte-commentaire"
# Toute la mécanique du potentiel d'action tient dans cette figure. Quand V
# monte, $m$ ouvre le sodium tout de suite. Puis, avec retard, $h$ le bouche et
# $n$ ouvre le potassium. Un oui immédiat, deux non tardifs.
#
# > **Un piège.** $m$ suit $m_\infty$ de si près qu'on lit parfois « donc
# > $dm/dt = 0$ ». Non : $m_\infty$ bouge avec V, et $m$ court avec elle. Un
# > bouchon suit le niveau de la marée ; il n'est pas immobile pour autant.

# %% [markdown] id="porte-expliquer" exercise="01.3x" manual=true points=1
# ### Expliquer
#
# Imaginez que $h$ soit aussi rapide que $m$. Que deviendrait le courant sodium
# au moment d'une dépolarisation ? Une phrase.
#
# ### BEGIN SOLUTION
# h se fermerait pendant que m s'ouvre : le produit m³h resterait presque nul,
# et le sodium n'aurait pas le temps d'entrer. C'est le retard de h qui laisse
# une fenêtre ouverte.
# ### END SOLUTION

# %% [markdown] id="quatre-situation"
# ## 4. Quatre portes pour un canal
#
# ### Situation
#
# Hodgkin et Huxley ne voient pas les portes. Ils imposent une tension : V
# saute de −65 mV à une autre valeur, et y reste. C'est le **potentiel
# imposé**, en anglais *voltage clamp*. Puis ils mesurent la conductance du
# potassium au cours du temps.
#
# Elle ne part pas d'un trait : elle hésite, puis monte, en S. Une seule porte
# donnerait une exponentielle, qui part au plus vite. Quatre portes, qui
# doivent **toutes** être ouvertes, donnent le S. Si elles sont indépendantes,
# la probabilité que les quatre le soient est $n \times n \times n \times n$ :
#
# $$g(t) = \bar g_K\, n(t)^4$$

# %% [markdown] id="quatre-formaliser"
# ### Formaliser
#
# V est imposé, donc $n_\infty$ et $\tau_n$ sont fixes. L'équation
# $\tau_n\,dn/dt = n_\infty - n$, partie de $n_0$, a pour solution
#
# $$n(t) = n_\infty - (n_\infty - n_0)\,e^{-t/\tau_n}$$
#
# Vérifiez-la aux deux bouts : que vaut-elle à $t = 0$ ? Et longtemps après ?
#
# ### Coder
#
# Rendez la conductance du potassium après un saut de tension.

# %% id="conductance-coder" exercise="01.3" points=2
def conductance_K(t, n_0, n_inf, tau, g_K):
    """g_K n⁴ (mS/cm²) à l'instant t (ms) après le saut ; tau en ms."""
    ### BEGIN SOLUTION
    n = n_inf - (n_inf - n_0) * np.exp(-t / tau)
    return g_K * n**4
    ### END SOLUTION

# %% id="conductance-verifier"
conductance_K = exercise("01.3").check(conductance_K)

# %% [markdown] id="conductance-figure-texte"
# ### Vérifier
#
# Simulons quatre sauts comme une expérience, et posons votre formule dessus.
# Le trait plein est une équation différentielle intégrée pas à pas ; les
# points sont votre fonction.

# %% id="conductance-figure"
traits, t, n_0 = [], np.linspace(0, 10, 21), hh.init["n"]
formes = {-40: ("sky", "circle"), -20: ("green", "square"),
          0: ("purple", "triangle"), 40: ("ink", "diamond")}
for saut, (couleur, forme) in formes.items():
    n_inf, tau = (hh.evaluate(x, V=saut) for x in ("n_inf", "tau_n"))
    fixe = hh.simulate(10, C=1e12, start={"V": saut, "n": n_0})
    traits += [Line(fixe.t, 36 * fixe["n"]**4, f"{decimal(saut, 0)} mV",
                    couleur),
               Points(t, conductance_K(t, n_0, n_inf, tau, 36), "", couleur,
                      forme, 7)]
draw(Scene(((Panel("saut", Axis("t", "ms", (0, 10)), Axis(
    "g_{K} n⁴", "mS/cm²", (0, 36)), tuple(traits)),),), height=360), 7)

# %% [markdown] id="conductance-commentaire"
# *Figure :* quatre courbes en S de la conductance du potassium, pendant 10 ms,
# pour des sauts vers −40, −20, 0 et 40 mV. Plus le saut est haut, plus la
# conductance monte vite et loin. Les points de votre formule tombent sur les
# courbes simulées.
#
# Comment tenir V fixe dans un modèle où V bouge ? Regardez le code : la
# capacité y est immense. Un condensateur énorme garde sa tension, quels que
# soient les courants.

# %% [markdown] id="bilan-situation"
# ## 5. Le bilan des courants
#
# ### Situation
#
# Quatre voies partent du même fil. Un fil n'emmagasine rien : ce qui entre
# ressort. C'est la loi des nœuds.
#
# ### Formaliser, sur le papier
#
# Le courant injecté $I$ entre. Le condensateur prend $C\,dV/dt$ ; les trois
# voies ioniques emportent $I_{Na}$, $I_K$ et $I_L$. Écrivez l'égalité, puis
# isolez $dV/dt$. Le canal potassium est ouvert dans une proportion $n^4$, le
# canal sodium dans une proportion $m^3h$ : trois portes $m$ et une porte $h$.
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# $I = C\,dV/dt + I_{Na} + I_K + I_L$, donc
#
# $$C\frac{dV}{dt} = I - \bar g_{Na}m^3h\,(V-E_{Na}) - \bar g_K n^4\,(V-E_K)
# - g_L\,(V-E_L)$$
#
# Deux vérifications. Les unités : µA/cm² divisés par µF/cm² donnent des mV/ms.
# Le signe : si V dépasse E_K, le terme du potassium est négatif, et V
# redescend vers E_K. Chaque voie ramène V vers sa propre pile.
#
# </details>

# %% [markdown] id="bilan-coder"
# ### Coder
#
# Rendez dV/dt. Les conductances données sont les valeurs **maximales**, celles
# de canaux tous ouverts.

# %% id="bilan-fonction" exercise="01.4" points=3
def dV_dt(V, n, m, h, I, C, g_Na, g_K, g_L, E_Na, E_K, E_L):
    """Vitesse du potentiel (mV/ms). I en µA/cm², C en µF/cm², g en mS/cm²."""
    ### BEGIN SOLUTION
    I_Na = g_Na * m**3 * h * (V - E_Na)
    I_K = g_K * n**4 * (V - E_K)
    I_L = g_L * (V - E_L)
    return (I - I_Na - I_K - I_L) / C
    ### END SOLUTION

# %% id="bilan-verifier"
dV_dt = exercise("01.4").check(dV_dt)

# %% [markdown] id="bilan-limite-texte"
# ### Vérifier
#
# Un cas limite, d'abord : au repos, rien ne doit bouger. Puis une question
# plus exigeante : votre équation fabrique-t-elle vraiment un potentiel
# d'action ? Simulons-en un, mesurons la pente de V, et comparons-la à votre
# fonction.

# %% id="bilan-limite"
axone = {x: hh.parameters[x] for x in
         ("C", "g_Na", "g_K", "g_L", "E_Na", "E_K", "E_L")}
repos = float(dV_dt(**hh.init, I=0, **axone))
print("Au repos, dV/dt =", quantity(repos, "mV/ms", 3))

trace = hh.simulate(8, I=10)
pente = np.gradient(trace["V"], trace.t)
votre = dV_dt(*(trace[x] for x in "Vnmh"), I=10, **axone)
x, y = Axis("t", "ms", (0, 8)), Axis("dV/dt", "mV/ms", (-100, 350))
courbes = (Line(trace.t, pente, "pente mesurée", "grey", width=6),
           Line(trace.t, votre, "votre équation", "vermillion", "dash"))
draw(Scene(((Panel("pente", x, y, courbes),),), height=300), 7)

# %% [markdown] id="bilan-commentaire"
# *Figure :* la pente de V pendant 8 ms. Elle part de 10 mV/ms, bondit à plus
# de trois cents vers 2 ms, plonge au-dessous de zéro, puis revient. La courbe
# tiretée de votre équation suit exactement le trait gris mesuré.
#
# Au repos, dV/dt n'est pas tout à fait nul. Les quatre décimales de l'état de
# repos expliquent ce reste. À t = 0, les trois courants ioniques se compensent
# encore : tout le courant injecté charge le condensateur, et la pente vaut
# 10 mV/ms, c'est-à-dire $I/C$. Puis le sodium prend le relais. Trois cents
# volts par seconde : voilà ce que vaut la montée d'une impulsion.
#
# Voici maintenant le modèle entier, vos équations et les taux des portes : ce
# texte même est simulé dans tout le TD. $\phi$ vaut 1 à 6,3 °C ; il servira
# quand nous changerons la température.

# %% id="modele-entier"
hh

# %% [markdown] id="seuil-situation"
# ## 6. Cinq ou dix ?
#
# ### Situation
#
# L'axone est au repos. À l'instant zéro, vous injectez un courant constant, et
# vous le maintenez.
#
# ### Prédire
#
# Vous injectez 5 µA/cm² pendant 100 ms, puis, dans une autre expérience, 10.
# Avant de toucher à quoi que ce soit, notez votre pronostic : combien de
# potentiels d'action dans chaque cas, et pourquoi ?

# %% id="seuil-pronostic"
pronostic("01.c", impulsions_5=None, impulsions_10=None)

# %% [markdown] id="seuil-manipuler"
# ### Manipuler
#
# Voici l'axone, sous un échelon de courant. Portez la durée à 100 ms et faites
# varier le courant I, à la souris ou aux flèches ; la touche **?** donne la
# liste des touches. La case à droite du curseur prend une valeur plus fine.
# Cherchez trois choses :
#
# - le plus petit courant qui déclenche une impulsion ;
# - le plus petit courant qui en déclenche sans fin ;
# - en déplaçant le curseur de temps le long d'une impulsion, la porte qui
#   court vers sa valeur d'équilibre, et celles qui traînent.

# %% id="seuil-explorer"
explore_hodgkin_huxley()

# %% [markdown] id="seuil-mesurer"
# Mesurons maintenant les deux expériences.

# %% id="seuil-traces"
panneaux = []
for I, couleur in ((5, "blue"), (10, "vermillion")):
    trace = hh.simulate(100, I=I)
    x = Axis("t", "ms", (0, 100), shown=I == 10)
    panneaux.append(Panel(f"{I}", x, Axis("V", "mV", (-85, 50)), (
        Line(trace.t, trace["V"], f"I = {I} µA/cm²", couleur),)))
draw(Scene((tuple(panneaux),), height=420), 8)

# %% id="seuil-comparer"
n_5, n_10 = (len(hh.simulate(100, I=I).spikes) for I in (5, 10))
comparer("01.c", impulsions_5=n_5, impulsions_10=n_10)
fin = [len(hh.simulate(100, dt=0.005, I=I).spikes) for I in (5, 10)]
print("avec un pas deux fois plus court :", *fin)

for I in (2.24, 2.25, 6.26, 6.27):
    train = hh.simulate(1000, I=I, record=[]).spikes
    print(f"I = {decimal(I, 2)} µA/cm² : impulsions en 1 s : {len(train)}")

# %% [markdown] id="seuil-commentaire"
# *Figure :* le potentiel pendant 100 ms. En haut, avec 5 µA/cm², une seule
# impulsion, puis quelques ondulations qui s'éteignent. En bas, avec 10 µA/cm²,
# un train régulier d'impulsions.
#
# Une seule à 5 ; à 10, un train qui ne s'arrête plus. Le pas de calcul n'y est
# pour rien : deux fois plus court, il donne les mêmes comptes. Le courant n'a
# que doublé : quelque chose a donc changé de nature.
#
# Deux seuils séparent ces réponses. La première impulsion paraît à
# 2,25 µA/cm² ; le train sans fin, vers 6,27 seulement. Juste au-dessous, à
# 6,26, l'axone donne encore douze impulsions avant de se taire : dans
# l'explorateur, on s'y tromperait.
#
# Pour voir ce qui a changé, effaçons le temps. Portons $n$ en fonction de V :
# chaque état de l'axone devient un point, et son histoire un chemin. C'est un
# **portrait de phase**.

# %% id="portrait"
departs = {"V": np.linspace(-90, 30, 13), "n": np.linspace(0.75, 0.3, 13)}
colonnes = []
for I, couleur in ((5, "blue"), (10, "vermillion")):
    chemins = hh.simulate(200, I=I, start=departs)
    V, n, fin = chemins["V"], chemins["n"], chemins.t > 180
    fils = [Line(V[:, k], n[:, k], "", "grey", width=0.8) for k in range(13)]
    fils.append(Points(V[0], n[0], "", "ink", "diamond", 5))
    fils.append(Line(V[fin, 0], n[fin, 0], "", couleur, width=5))
    if I == 5:
        fils.append(Points(V[-1:, 0], n[-1:, 0], "", couleur, size=14))
    colonnes.append((Panel(f"{I}", Axis("V", "mV", (-95, 55)), Axis(
        f"n, sous {I} µA/cm²", "", (0.25, 0.85)), tuple(fils)),))
draw(Scene(tuple(colonnes), widths=(1, 1), height=440), 9)

# %% [markdown] id="portrait-commentaire"
# *Figure :* deux plans V–n, treize chemins gris chacun, partis des treize
# losanges noirs d'une même diagonale. À gauche, 5 µA/cm² : les chemins
# s'enroulent et tombent tous sur un même point bleu, près de −62 mV. À droite,
# 10 µA/cm² : les mêmes départs rejoignent tous une même boucle orange, et y
# tournent.
#
# Voilà ce qui a changé de nature. À gauche, un **point attracteur** : quoi
# qu'on fasse, l'axone finit par se taire. À droite, un **cycle limite** : quoi
# qu'on fasse, ou presque, il finit par battre. Il manque pourtant le temps sur
# cette figure. À vous de le retrouver : $n$ est en retard sur V.

# %% [markdown] id="seuil-expliquer" exercise="01.4x" manual=true points=1
# ### Expliquer
#
# Dans quel sens la boucle est-elle parcourue ? Justifiez par le retard de $n$.
#
# ### BEGIN SOLUTION
# V monte d'abord, à n encore petit : on va vers la droite par le bas. Puis n
# s'élève, et V redescend à n grand : on revient vers la gauche par le haut.
# C'est le sens inverse des aiguilles d'une montre.
# ### END SOLUTION

# %% [markdown] id="pichenette-situation"
# ## 7. La pichenette
#
# ### Situation
#
# À 10 µA/cm², l'axone bat. L'équilibre a-t-il disparu ? Cherchons-le : c'est
# un état où les trois portes sont à leur valeur d'équilibre, et où les
# courants se compensent.

# %% id="equilibre"
from scipy.optimize import brentq


def equilibre(I):
    """L'état où plus rien ne bouge, pour un courant I (µA/cm²)."""
    def etat(V):
        return {"V": V} | {x: hh.evaluate(f"{x}_inf", V=V) for x in "nmh"}
    return etat(brentq(
        lambda V: hh.evaluate("dV/dt", I=I, **etat(V)), -75, -50))


for I in (0, 5, 10):
    print(f"I = {I} : équilibre à", quantity(equilibre(I)["V"], "mV"))

# %% [markdown] id="pichenette-predire"
# Il n'a pas disparu : à 10, il existe encore un état où tout s'équilibre. Un
# crayon posé sur sa pointe est aussi à l'équilibre.
#
# ### Prédire
#
# Posons l'axone exactement sur cet équilibre, puis déplaçons V d'**un seul
# millivolt**. À 9 µA/cm², puis à 10 : combien d'impulsions en 300 ms ?

# %% id="pichenette-pronostic"
pronostic("01.d", impulsions_9=None, impulsions_10=None)

# %% id="pichenette-traces"
panneaux, nombre = [], {}
for I, couleur in ((9, "blue"), (10, "vermillion")):
    depart = equilibre(I)
    depart["V"] += 1
    trace = hh.simulate(300, I=I, start=depart)
    nombre[I] = len(trace.spikes)
    panneaux.append(Panel(f"{I}", Axis("t", "ms", (0, 300), shown=I == 10),
                          Axis("V", "mV", (-85, 50)), (
        Line(trace.t, trace["V"], f"I = {I} µA/cm²", couleur),)))
comparer("01.d", impulsions_9=nombre[9], impulsions_10=nombre[10])
draw(Scene((tuple(panneaux),), height=420), 8)

# %% [markdown] id="pichenette-commentaire"
# *Figure :* V pendant 300 ms après une pichenette de 1 mV. En haut, à
# 9 µA/cm², une ondulation minuscule s'éteint. En bas, à 10 µA/cm², la même
# ondulation s'enfle lentement pendant plus de 150 ms, puis éclate en un train
# d'impulsions.
#
# À 9, l'équilibre rappelle ; à 10, il repousse. Il n'a pas disparu : il a
# perdu sa **stabilité**. Vous venez de voir, à l'œil nu, une bifurcation de
# Hopf [3].

# %% [markdown] id="pichenette-deux"
# ### Manipuler
#
# Reste une énigme. À 9 µA/cm², l'équilibre est stable. Pourtant, un échelon de
# 9 appliqué au repos donne un train : vérifiez-le avec l'explorateur de la
# section 6. Approchons à 7 µA/cm², en changeant la taille de la pichenette.

# %% id="pichenette-taille"
for pichenette in (1, 3, 5, 8):
    depart = equilibre(7)
    depart["V"] += pichenette
    trace = hh.simulate(300, I=7, start=depart)
    print(f"pichenette de {pichenette} mV, impulsions : {len(trace.spikes)}")
print("départ au repos, impulsions :", len(hh.simulate(300, I=7).spikes))

# %% [markdown] id="pichenette-bistable"
# Même axone, même courant, deux destins. À 7 comme à 9 µA/cm², le silence et
# le train sont stables **tous les deux** ; le passé décide. C'est la
# **bistabilité**. Parler du seuil de l'axone comme d'un nombre est donc un
# raccourci : tout dépend de la manière d'y arriver.

# %% [markdown] id="taux-situation"
# ## 8. Le taux de décharge
#
# ### Situation
#
# Un train régulier se résume par un nombre : son **taux de décharge**, en
# hertz, c'est-à-dire en impulsions par seconde. Au début du train, l'axone
# sort du repos ; mesurons plutôt d'une impulsion à l'autre.
#
# ### Formaliser
#
# Des impulsions aux instants $t_1, t_2, \dots, t_N$, en millisecondes,
# délimitent des intervalles. Leur durée moyenne est $\bar\Delta$. Alors
#
# $$r = \frac{1000}{\bar\Delta}$$
#
# Comptez sur vos doigts, avant de coder : entre $N$ impulsions, combien
# d'intervalles ?

# %% [markdown] id="taux-coder"
# ### Coder
#
# Rendez le taux en hertz. S'il y a moins de deux impulsions, aucun intervalle
# n'existe : rendez 0.

# %% id="taux-fonction" exercise="01.5" points=2
def taux_de_decharge(impulsions):
    """Taux (Hz) d'un train ; impulsions : tableau d'instants (ms)."""
    ### BEGIN SOLUTION
    if len(impulsions) < 2:
        return 0.0
    return 1000 / np.mean(np.diff(impulsions))
    ### END SOLUTION

# %% id="taux-verifier"
taux_de_decharge = exercise("01.5").check(taux_de_decharge)

# %% [markdown] id="taux-predire"
# ### Prédire
#
# Faites croître le courant pas à pas. Quand le train apparaît, son taux
# part-il de zéro, ou d'une valeur déjà grande ? Notez le plus petit taux non
# nul que vous attendez.

# %% id="taux-pronostic"
pronostic("01.e", plus_petit_taux=None)  # en Hz

# %% [markdown] id="taux-courbe-texte"
# Soixante axones, soixante courants, une seule simulation. On oublie les 200
# premières millisecondes, le temps que chacun s'installe.

# %% id="taux-courbe"
I = np.arange(0, 15, 0.25)
duree = budget(flash=600, td=1500, complet=5000)
trains = hh.simulate(duree, I=I, record=[]).spikes
r = np.array([taux_de_decharge(train[train > 200]) for train in trains])
comparer("01.e", plus_petit_taux=r[r > 0].min())
draw(Scene(((Panel("f-I", Axis("I", "µA/cm²", (-0.3, 15)), Axis(
    "taux de décharge", "Hz", (-2, 90)), (Points(I, r, "", "blue"),)),),),
    height=320), 7)

# %% [markdown] id="taux-commentaire"
# *Figure :* le taux de décharge en fonction du courant, de 0 à 15 µA/cm². Nul
# jusqu'à 6 environ, il saute d'un coup au-dessus de 50 Hz, puis monte
# doucement.
#
# L'axone ne sait pas décharger lentement : il se tait, ou il bat à plus de
# 50 Hz. Hodgkin avait distingué ces nerfs de ceux qui partent de zéro [5]. La
# raison est dans la section 7 : le rythme existe déjà dans les ondulations de
# l'équilibre.

# %% [markdown] id="varie-situation"
# ## 9. Des courants qui changent
#
# ### Situation
#
# Aucun neurone ne vit avec un courant constant. Donnons au nôtre des paliers :
# 3 µA/cm², puis −5, qui l'hyperpolarise, puis rien, puis 10.
#
# ### Prédire
#
# Combien d'impulsions pendant le palier **nul**, celui qui suit les
# −5 µA/cm² ? Rien n'y est injecté.

# %% id="varie-pronostic"
pronostic("01.f", impulsions_pendant_zéro=None)

# %% id="varie-paliers"
paliers = piecewise([20, 60, 100, 140], [3, -5, 0, 10])
trace = hh.simulate(200, I=paliers)
zero = (trace.spikes > 100) & (trace.spikes < 140)
comparer("01.f", impulsions_pendant_zéro=int(zero.sum()))
temps = Axis("t", "ms", (0, 200), shown=False)
haut = Panel("V", temps, Axis("V", "mV", (-90, 50)),
             (Line(trace.t, trace["V"], "", "ink"),), height=2)
milieu = Panel("portes", temps, Axis("fraction", "", (0, 1)),
               (Line(trace.t, trace["n"], "n", "blue", "dashdot"),
                Line(trace.t, trace["h"], "h", "purple", "dash")))
bas = Panel("I", Axis("t", "ms", (0, 200)), Axis("I", "µA/cm²", (-7, 12)),
            (Line(trace.t, paliers(trace.t), "", "orange", under=0),))
draw(Scene(((haut, milieu, bas),), height=560), 9)

# %% [markdown] id="varie-commentaire"
# *Figure :* de haut en bas, V, les portes n et h, et le courant par paliers,
# pendant 200 ms. Le palier à 3 donne une impulsion. Pendant le palier à −5, V
# descend, h monte et n baisse. Dès le retour à zéro, une impulsion part. Le
# palier à 10 donne un train.
#
# Une impulsion sans rien injecter : c'est le **rebond**. Regardez les portes
# pendant l'hyperpolarisation. $h$ monte, et libère des canaux sodium ; $n$ se
# ferme. L'axone devient plus excitable qu'au repos. Au retour, le repos
# lui-même suffit à le déclencher.

# %% [markdown] id="varie-dessiner"
# ### Manipuler
#
# À vous de dessiner. Choisissez le stimulus **Dessiné**. Cliquez d'abord sur
# **Effacer**, puis tracez le courant à la main. Au clavier, choisissez un
# courant I négatif : la barre d'espace en écrit une milliseconde sous le
# curseur de temps. Un défi : obtenez exactement **deux** impulsions, sans
# jamais dépasser zéro.

# %% id="varie-explorer"
explore_hodgkin_huxley()

# %% [markdown] id="varie-bruit-texte"
# ### Manipuler encore
#
# Ajoutons du bruit : autour de 5 µA/cm², le courant change de valeur au hasard
# toutes les 0,1 ms. Sans bruit, 5 ne donnait qu'une impulsion. Changez l'écart
# type, de 0 à 8, et relancez.

# %% id="varie-bruit"
ecart_type = 4  # µA/cm²
essais = [hh.simulate(200, I=noise(ecart_type, mean=5), record=[],
                      rng=np.random.default_rng(k)).spikes for k in range(12)]
temps = np.concatenate(essais)
numero = np.repeat(np.arange(1, 13), [len(e) for e in essais])
print("impulsions par essai :", [len(e) for e in essais])
draw(Scene(((Panel("essais", Axis("t", "ms", (0, 200)), Axis(
    "essai", "", (0, 13)), (Raster(temps, numero),)),),), height=320), 8)

# %% [markdown] id="varie-bruit-commentaire"
# *Figure :* un diagramme de décharges : une ligne par essai, douze essais, un
# petit trait par impulsion. Tous commencent par la même impulsion, vers 3 ms ;
# ensuite, chacun suit son hasard.
#
# Le même axone, le même courant moyen, douze réponses. La première impulsion
# est sûre ; les suivantes dépendent du bruit, qui donne les pichenettes de la
# section 7.

# %% [markdown] id="refractaire-situation"
# ## 10. La période réfractaire
#
# ### Situation
#
# Une impulsion vient de passer. Pendant un moment, la membrane ne répond plus,
# ou répond mal. On le mesure avec **deux chocs** : le premier déclenche
# toujours, le second arrive après un délai que vous choisissez.
#
# ### Prédire
#
# Un second choc peut dépasser six fois le seuil de repos et rester sans effet,
# s'il vient trop tôt. Combien de millisecondes dure cette surdité, à 6,3 °C ?

# %% id="refractaire-pronostic"
pronostic("01.g", surdité=None)  # en ms

# %% [markdown] id="refractaire-coder"
# ### Coder
#
# Montez l'expérience. Le premier choc commence à 5 ms, dure 1 ms et vaut
# 15 µA/cm². Le second dure 1 ms aussi ; il commence `delai` millisecondes
# après le **début** du premier. Simulez jusqu'à 20 ms après le début du
# second.
#
# Rendez `True` si le second choc a déclenché une impulsion **de plus**. Deux
# outils : `pulse(amplitude, debut, duree)`, et `hh.simulate(T, I=...)`, dont
# le résultat porte les instants des impulsions dans `.spikes`. Les courants
# s'additionnent.

# %% id="refractaire-fonction" exercise="01.6" points=3
def repond(delai, amplitude):
    """Le second choc (µA/cm², delai en ms) donne-t-il une impulsion ?"""
    ### BEGIN SOLUTION
    I = pulse(15, 5, 1) + pulse(amplitude, 5 + delai, 1)
    trace = hh.simulate(5 + delai + 20, I=I)
    return len(trace.spikes) > 1
    ### END SOLUTION

# %% id="refractaire-verifier"
repond = exercise("01.6").check(repond)

# %% [markdown] id="refractaire-seuil-texte"
# ### Vérifier
#
# Pour chaque délai, cherchons la plus petite amplitude qui fait répondre
# l'axone, en coupant l'intervalle en deux. Nous nous arrêtons à 45 µA/cm² :
# au-delà, le choc ferait presque tout le chemin à lui seul, et ne mesurerait
# plus rien.

# %% id="refractaire-seuil"
def seuil(delai, bas=0, haut=45, precision=0.1):
    """Plus petite amplitude efficace (µA/cm²) ; NaN s'il n'y en a pas."""
    if not repond(delai, haut):
        return np.nan
    while haut - bas > precision:
        milieu = (bas + haut) / 2
        if repond(delai, milieu):
            haut = milieu
        else:
            bas = milieu
    return haut

# %% id="refractaire-courbe"
delais = np.arange(2, 40, budget(flash=2, td=0.5, complet=0.25))
A = np.array([seuil(delai) for delai in delais])
seul = seuil(100)
comparer("01.g", surdité=delais[np.isnan(A)].max())
print(f"plus petit seuil : {quantity(np.nanmin(A), 'µA/cm²')} ;",
      f"seuil au repos : {quantity(seul, 'µA/cm²')}")
draw(Scene(((Panel("seuil", Axis("délai", "ms", (0, 40)), Axis(
    "seuil du second choc", "µA/cm²", (0, 48)), (
    Line(delais, A, "", "blue"), Points(delais, A, "", "blue", size=6),
    Mark(y=seul, dash="dash"), Mark(1, seul, "au repos"))),),),
    height=360), 7.5)

# %% [markdown] id="refractaire-commentaire"
# *Figure :* le seuil du second choc en fonction du délai. Aucun point avant
# 8 ms environ ; puis le seuil tombe de 40 à 6 µA/cm² vers 19 ms, passe
# **sous** le seuil de repos, marqué d'une ligne tiretée, puis le rejoint en
# oscillant.
#
# Trois époques se suivent :
#
# - la période réfractaire **absolue** : aucun choc raisonnable ne suffit. $h$
#   est parti de son plancher, $n$ de son sommet, et aucun des deux n'est
#   encore revenu ;
# - la période réfractaire **relative** : il faut pousser plus fort. $h$ et $n$
#   reviennent, et V est encore bas ;
# - une embellie inattendue : pendant quelques millisecondes, l'axone est
#   **plus** excitable qu'au repos. $n$ est passé un peu au-dessous de sa
#   valeur de repos, $h$ un peu au-dessus : un petit cousin du rebond.

# %% [markdown] id="refractaire-expliquer" exercise="01.5x" manual=true points=1
# ### Expliquer
#
# Sur un axone, pourquoi cette surdité empêche-t-elle l'impulsion de rebrousser
# chemin ? Une phrase.
#
# ### BEGIN SOLUTION
# La membrane qui vient de s'activer est réfractaire : le courant local y coule
# aussi, mais seule la membrane encore au repos, devant, peut répondre.
# ### END SOLUTION

# %% [markdown] id="anatomie-situation"
# ## 11. Anatomie d'un potentiel d'action
#
# ### Situation
#
# Ralentissons. Une seule impulsion, déclenchée par un choc de 1 ms, et tout ce
# qui bouge : le potentiel, les portes, les courants.
#
# ### Prédire
#
# On lit parfois que « $n + h$ reste constant pendant l'impulsion ». Au repos,
# cette somme vaut 0,914. Pariez : entre quelles valeurs va-t-elle, le long
# d'une impulsion ?

# %% id="anatomie-pronostic"
pronostic("01.h", minimum=None, maximum=None)

# %% id="anatomie-simuler"
choc = hh.simulate(12, I=pulse(15, 1, 1), record=[*"Vnmh", "I_Na", "I_K"])
t, temps = choc.t, Axis("t", "ms", (0, 12), shown=False)
haut = Panel("V", temps, Axis("V", "mV", (-95, 65)), (
    Mark(y=50), Mark(y=-77), Mark(0.1, 50, "E_{Na}"), Mark(0.1, -77, "E_{K}"),
    Line(t, choc["V"], "", "ink", width=3)), height=1.2)
milieu = Panel("portes", temps, Axis("fraction ouverte", "", (0, 1)), (
    Line(t, choc["m"], "m", "vermillion"),
    Line(t, choc["h"], "h", "purple", "dash"),
    Line(t, choc["n"], "n", "blue", "dashdot")))
Na, K = choc["I_Na"], choc["I_K"]
bas = Panel("I", Axis("t", "ms", (0, 12)), Axis("courant", "µA/cm²", (
    -900, 900)), (Line(t, Na, "I_{Na}", "vermillion", under=0),
                  Line(t, K, "I_{K}", "blue", "dashdot", under=0),
                  Line(t, Na + K, "la somme des deux", "ink", width=2.5)))
draw(Scene(((haut, milieu, bas),), height=720), 8)

# %% [markdown] id="anatomie-lire"
# *Figure :* trois graphes superposés sur 12 ms. En haut, le potentiel
# d'action, de −65 à 40 mV, puis jusque sous −75 mV. Au milieu, $m$ jaillit,
# puis $h$ s'effondre pendant que $n$ monte. En bas, deux vagues opposées : le
# courant sodium, négatif, et le courant potassium, positif, presque
# symétriques. Leur somme, un trait noir, est un court creux, puis un faible
# plateau que termine une petite bosse.
#
# Gardez cette image. Deux vagues de 800 µA/cm², une qui entre, une qui sort.
# La membrane n'en ressent que la **somme** : le sodium part le premier, et
# c'est la montée ; le potassium l'emporte ensuite d'une courte tête, et c'est
# la descente.
#
# Un détail : la vague du sodium a un cran, juste au sommet de V. C'est là que
# V est le plus près de E_Na, et que la force motrice est la plus faible.
#
# Qui bouge le premier ? Datons, pour chaque grandeur, la moitié de son chemin.

# %% id="anatomie-instants"
for nom in ("V", "m", "h", "n", "I_K"):
    y = choc[nom]
    ecart = np.abs(y - y[0])
    sommet = ecart.argmax()
    moitie = (ecart[:sommet] > ecart[sommet] / 2).argmax()
    print(f"{nom} : mi-chemin à {quantity(t[moitie], 'ms', 2)},",
          f"bout du chemin à {quantity(t[sommet], 'ms', 2)}")
somme = choc["n"] + choc["h"]
comparer("01.h", minimum=somme.min(), maximum=somme.max())

# %% [markdown] id="anatomie-commentaire"
# V et $m$ montent ensemble, à quelques centièmes de milliseconde près : plus V
# monte, plus $m$ s'ouvre, et plus V monte. C'est l'**emballement**. Un tiers
# de milliseconde plus tard, $h$ et $n$ arrivent, et y mettent fin.
#
# Le retour ne doit rien à une pompe : ce modèle n'en a pas, et pourtant V
# redescend. Les canaux sodium s'inactivent, le potassium sort : cela suffit.
#
# Quant à $n + h$, elle n'est pas constante. Regardons-la tourner, le long d'un
# train.

# %% id="anatomie-somme"
train = hh.simulate(100, I=10)
n, h = train["n"], train["h"]
tard = train.t > 50
print("le long du train, n + h va de", decimal((n + h)[tard].min(), 2), "à",
      decimal((n + h)[tard].max(), 2))
droite = np.array([0.25, 0.85])
draw(Scene(((Panel("n-h", Axis("n", "", (0.25, 0.85)), Axis(
    "h", "", (0, 0.7)), (
    Line(droite, 0.914 - droite, "n + h = 0,914", "grey", "dash"),
    Line(n, h, "trajet", "purple"),
    Points(n[:1], h[:1], "repos", "ink", size=10))),),), height=400), 6)

# %% [markdown] id="anatomie-somme-commentaire"
# *Figure :* le plan $n$–$h$. Une droite tiretée descendante marque $n + h$ =
# 0,914. Le trajet part du repos, posé sur la droite, puis tourne dans un huit
# très aplati, couché tout entier au-dessous d'elle.
#
# Ce huit est mince, et presque parallèle à la droite : voilà d'où vient
# l'idée. Elle servira à réduire le modèle à deux variables. Mais c'est une
# **approximation** : vous savez maintenant de combien elle se trompe.
#
# ### Manipuler
#
# Revenez à l'axone. Bloquez le potassium, puis le sodium, chacun seul ; puis
# remettez-les, et réchauffez. Pour chaque geste, dites **avant** ce que vous
# attendez.
#
# - Sans potassium, que se passe-t-il avant même le courant ? V redescend-il ?
# - Sans sodium, que reste-t-il de la réponse à un fort courant ?
# - Quand la température monte, l'impulsion raccourcit. Jusqu'où ?

# %% id="anatomie-explorer"
explore_hodgkin_huxley()

# %% [markdown] id="anatomie-expliquer" exercise="01.6x" manual=true points=1
# ### Expliquer
#
# Un poison, la tétrodotoxine, bouche les canaux sodium. Un autre, le
# tétraéthylammonium, bouche des canaux potassium. Décrivez en deux phrases
# l'enregistrement que vous attendez avec chacun.
#
# ### BEGIN SOLUTION
# Avec la tétrodotoxine, plus d'impulsion : le courant charge la membrane, et V
# s'installe sur un palier, sans montée explosive. Avec un blocage complet du
# potassium, l'impulsion part, et V ne retrouve pas le repos : la fermeture de
# $h$ et la fuite la ramènent à peine, jusqu'à un palier voisin de zéro.
# ### END SOLUTION

# %% [markdown] id="prix-situation"
# ## 12. Le prix d'une impulsion
#
# ### Situation
#
# Chaque impulsion laisse entrer du sodium et sortir du potassium. Il faudra
# tout ramener. Combien d'ions cela fait-il ?
#
# ### Prédire
#
# Pour porter la membrane du repos au sommet, un condensateur idéal demanderait
# une charge $C\,\Delta V$, et pas un ion de plus. L'axone en dépense-t-il
# autant, deux fois plus, dix fois plus ?

# %% id="prix-pronostic"
pronostic("01.i", fois_le_minimum=None)

# %% [markdown] id="prix-formaliser"
# ### Formaliser
#
# Une charge est un courant qui dure : $Q = \int I\,dt$. Avec des µA/cm² et des
# ms, $Q$ vient en **nC/cm²**. Un ion Na⁺ porte une charge élémentaire, $e$ =
# 1,602 × 10⁻¹⁹ C. Et 1 cm² vaut 10⁸ µm².
#
# L'intégrale de `y` selon `x` s'écrit `np.trapezoid(y, x)`, nommée `np.trapz`
# avant numpy 2.
#
# ### Coder
#
# Rendez le nombre d'ions Na⁺ **entrés** par µm² de membrane. Attention au
# signe : dans notre convention, un courant qui entre est négatif.

# %% id="prix-fonction" exercise="01.7" points=2
def ions_entres(t, I_Na):
    """Ions Na⁺ entrés par µm² ; t en ms (tableau), I_Na en µA/cm²."""
    ### BEGIN SOLUTION
    Q = -np.trapezoid(I_Na, t)  # nC/cm²
    return Q * 1e-9 / 1.602176634e-19 / 1e8
    ### END SOLUTION

# %% id="prix-verifier"
ions_entres = exercise("01.7").check(ions_entres)

# %% id="prix-mesurer"
e, F = 1.602176634e-19, 96485.33212  # C, C/mol
une = hh.simulate(25, I=pulse(15, 1, 1), record=["V", "I_Na"])
ions = ions_entres(une.t, une["I_Na"])
minimum = (une["V"].max() - une["V"][0]) * 1e-9 / e / 1e8  # C = 1 µF/cm²
comparer("01.i", fois_le_minimum=ions / minimum)
print(f"entrés : {ions:,.0f} ions/µm² ;".replace(",", "\u202f"),
      f"minimum : {minimum:.0f} ions/µm²")
for nom, d in (("géant, 500 µm", 500), ("fin, 1 µm", 1)):
    hausse = ions * e / F * 4 / d * 1e18  # surface/volume = 4/d ; en mmol/L
    print(f"axone {nom} : le sodium intérieur monte de",
          quantity(hausse, "mmol/L", 4), "par impulsion ;",
          "il est de 50 mmol/L au départ")

# %% [markdown] id="prix-commentaire"
# Plus de treize fois le minimum : la membrane gaspille. Les deux vagues de la
# section 11 se recouvrent, et ce qui entre par l'une ressort par l'autre sans
# rien charger.
#
# L'axone géant, lui, ne s'en aperçoit pas : il lui faudrait des milliers
# d'impulsions pour changer son sodium de façon sensible. C'est pourquoi un
# axone dont on a empoisonné la pompe conduit encore longtemps [6]. Un axone
# fin n'a pas cette réserve : quelques impulsions lui coûtent cher. La pompe ne
# ramène donc pas V au repos à chaque impulsion ; elle recharge les piles,
# entre-temps.

# %% id="prix-temperature"
for T in (6.3, 12, 18.5):
    une = hh.simulate(25, dt=0.005, I=pulse(25, 1, 1), record=["V", "I_Na"],
                      phi=3 ** ((T - 6.3) / 10))
    minimum = (une["V"].max() - une["V"][0]) * 1e-9 / 1.602e-19 / 1e8
    rapport = ions_entres(une.t, une["I_Na"]) / minimum
    print(f"à {quantity(T, '°C')} : {decimal(rapport)} fois le minimum")

# %% [markdown] id="prix-temperature-commentaire"
# Quand les portes sont plus rapides, les deux vagues se recouvrent moins. On a
# longtemps retenu un facteur quatre, tiré du calmar, pour estimer la dépense
# du cerveau entier [7]. Dans certains axones de mammifères, on mesure à peine
# plus d'une fois le minimum [8].

# %% [markdown] id="euler-situation"
# ## 13. Recommencez avec dt/2
#
# ### Situation
#
# Depuis le début, l'ordinateur avance par petits pas de temps. Aucune de vos
# figures n'est une solution exacte. Comment savoir qu'elles disent vrai ?
#
# ### Formaliser
#
# Le schéma d'**Euler** suppose la pente constante pendant un pas. Si $y$
# désigne l'état entier, $(V, n, m, h)$, et $f(y)$ ses quatre dérivées :
#
# $$y(t + dt) \approx y(t) + dt\, f\big(y(t)\big)$$
#
# Toutes les dérivées se calculent avec l'**ancien** état, avant que rien ne
# bouge.

# %% [markdown] id="euler-coder"
# ### Coder
#
# Écrivez un pas. La fonction `derivees` vous est donnée : elle attend l'état
# entier, et `derivees(etat)` rend un tableau de même taille. Rendez le nouvel
# état, sans modifier l'ancien. L'état peut avoir une autre taille que quatre :
# votre pas servira à d'autres modèles.

# %% id="euler-fonction" exercise="01.8" points=2
def pas_euler(etat, dt, derivees):
    """L'état (tableau) après un pas dt (ms) du schéma d'Euler."""
    ### BEGIN SOLUTION
    return etat + dt * derivees(etat)
    ### END SOLUTION

# %% id="euler-verifier"
pas_euler = exercise("01.8").check(pas_euler)

# %% [markdown] id="euler-predire"
# ### Prédire
#
# Le cours emploie un autre schéma, de Runge et Kutta, dit RK4. Quand on divise
# le pas par deux, par combien l'erreur est-elle divisée : avec Euler ? avec
# RK4 ?

# %% id="euler-pronostic"
pronostic("01.j", Euler=None, RK4=None)

# %% [markdown] id="euler-verifier-texte"
# ### Vérifier
#
# Partons du repos, avec 10 µA/cm², et regardons V au bout de 4 ms. Prenons
# pour vérité RK4 avec un pas vingt fois plus fin que le plus fin des autres.

# %% id="euler-boucle"
def derivees(etat):
    valeurs = dict(zip("Vnmh", etat, strict=True))
    return np.array([hh.evaluate(f"d{x}/dt", I=10, **valeurs)
                     for x in "Vnmh"])


def V_par_euler(dt, T=4):
    """V (mV) à l'instant T, avec votre pas d'Euler."""
    etat = np.array([hh.init[x] for x in "Vnmh"])
    for _ in range(round(T / dt)):
        etat = pas_euler(etat, dt, derivees)
    return etat[0]

# %% id="euler-mesure"
dt = np.array([0.04, 0.02, 0.01, 0.005])
vrai = hh.simulate(4, dt=0.00025, I=10)["V"][-1]
erreurs = {"Euler": np.array([V_par_euler(p) - vrai for p in dt]),
           "RK4": np.array([hh.simulate(4, dt=p, I=10)["V"][-1] - vrai
                            for p in dt])}
ordre = {nom: np.polyfit(np.log(dt), np.log(np.abs(erreur)), 1)[0]
         for nom, erreur in erreurs.items()}
for nom, erreur in erreurs.items():
    microvolts = 1000 * abs(erreur[2])
    print(f"{nom} : ordre {decimal(ordre[nom], 2)} ; avec dt = 0,01 ms,",
          "erreur de", quantity(microvolts, "µV", 0 if nom == "Euler" else 3))
comparer("01.j", **{nom: 2**p for nom, p in ordre.items()})

# %% id="euler-figure"
points = []
aspect = {"Euler": ("vermillion", "circle"), "RK4": ("blue", "square")}
for nom, (couleur, forme) in aspect.items():
    x, y = np.log10(dt), np.log10(np.abs(erreurs[nom]))
    points += [Line(x, y, "", couleur, "dash"),
               Points(x, y, nom, couleur, forme, 9)]
draw(Scene(((Panel("ordre", Axis("log_{10} dt", "dt en ms", (-2.4, -1.3)),
                   Axis("log_{10} erreur", "erreur en mV", (-8, 1)),
                   tuple(points)),),), height=340), 6.5)

# %% [markdown] id="euler-commentaire"
# *Figure :* l'erreur sur V en fonction du pas, en échelle logarithmique. Deux
# droites : Euler, en haut, de pente voisine de 1 ; RK4, bien plus bas, de
# pente voisine de 4.
#
# La pente de chaque droite est l'**ordre** du schéma. Un pas deux fois plus
# court : Euler se trompe deux fois moins, RK4 seize fois moins. D'où une
# habitude, pour toute l'année : **recommencez avec dt/2 ; le résultat doit
# converger.** Un résultat qui bouge quand on change le pas n'est pas un
# résultat.
#
# Et si l'on agrandit le pas ? Demandons 0,1 ms.

# %% id="euler-explosion"
etat = np.array([hh.init[x] for x in "Vnmh"])
for k in range(31):
    if k >= 20:
        print(f"{quantity(0.1 * k, 'ms')} : V = {quantity(etat[0], 'mV')}")
    etat = pas_euler(etat, 0.1, derivees)

# %% [markdown] id="euler-explosion-commentaire"
# Près du sommet, V saute d'un pas à l'autre, dépasse E_Na, où le sodium cesse
# d'entrer, puis oscille de plus en plus fort. En pleine impulsion, les canaux
# sont si ouverts que la membrane réagit en quelques centièmes de milliseconde.
# Un pas plus long la jette de l'autre côté de son but, plus loin qu'elle n'en
# était : le calcul explose. Ce n'est plus une question de précision, c'est une
# question de **stabilité**.

# %% [markdown] id="bilan"
# ## Bilan
#
# Vous savez calculer les piles d'une membrane, écrire le bilan de ses courants
# et le faire tourner. Vous savez lire une décharge comme un chemin : un point
# qui attire, une boucle qui entretient, et parfois les deux à la fois. Vous
# savez mesurer, sur un modèle, ce qu'on mesure sur un axone, et vérifier que
# l'ordinateur n'invente rien. Pour relire le modèle autrement, voyez [3].
#
# **La figure à savoir dessiner de mémoire :** celle de la section 11. Un
# potentiel d'action ; dessous, $m$ qui bondit, $h$ et $n$ qui suivent ;
# dessous encore, deux vagues opposées, presque égales, dont la petite
# différence fait tout.

# %% [markdown] id="musee-situation"
# ## Musée des erreurs
#
# **Pièce n° 1. Le bruit qui s'évapore.** Ce programme tourne, et chacun de ses
# nombres est plausible. Il ajoute à 5 µA/cm² un bruit tiré à chaque pas, et
# compte les impulsions. Il est faux. Exécutez-le : il recommence avec dt/2,
# deux fois.

# %% id="musee-piece"
def impulsions(courant_bruite, dt, graine, T=300):
    """Nombre d'impulsions en T ms, le courant étant tiré à chaque pas."""
    rng = np.random.default_rng(graine)
    tirages = rng.standard_normal(round(T / dt))
    instants = dt * np.arange(len(tirages))
    I = piecewise(instants, 5 + courant_bruite(tirages, dt))
    return len(hh.simulate(T, dt=dt, I=I, record=[]).spikes)


essais = range(budget(flash=24, td=40, complet=400))
for dt in (0.04, 0.02, 0.01):
    n = [impulsions(lambda tirages, dt: 10 * tirages, dt, k) for k in essais]
    print(f"dt = {quantity(dt, 'ms', 2)} :", decimal(np.mean(n)),
          "impulsions en moyenne")

# %% [markdown] id="musee-trouver"
# **Trouver.** La physique ne connaît pas dt. Le nombre d'impulsions devrait
# converger ; il fond. Où, dans le programme, le pas de temps s'est-il glissé ?
#
# **Expliquer, sur le papier.** La membrane est lente : elle moyenne le courant
# sur une durée $\tau$, de l'ordre de la milliseconde. Combien de tirages
# indépendants, d'écart type $\sigma$, tombent dans cette durée ? Quel est
# l'écart type de leur moyenne ? Que devient-il quand dt tend vers zéro ?
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# Il y a $\tau/dt$ tirages, et l'écart type de leur moyenne est
# $\sigma\sqrt{dt/\tau}$. Il tend vers zéro : plus le calcul est fin, moins il
# reste de bruit. Pour que la membrane ressente toujours la même chose, il faut
# que $\sigma\sqrt{dt}$ soit une constante, $D$. L'écart type de chaque tirage
# doit donc valoir $D/\sqrt{dt}$ : c'est le **bruit blanc**.
#
# </details>

# %% [markdown] id="musee-reparer"
# **Réparer.** Rendez le courant de bruit, à partir de tirages gaussiens
# d'écart type 1. L'intensité $D$ est en µA/cm²·√ms : le courant ressenti ne
# doit plus dépendre de dt.

# %% id="musee-fonction" exercise="01.9" points=2
def bruit_blanc(tirages, D, dt):
    """Courant (µA/cm²) de chaque pas ; D en µA/cm²·√ms, dt en ms."""
    ### BEGIN SOLUTION
    return D * tirages / np.sqrt(dt)
    ### END SOLUTION

# %% id="musee-verifier"
bruit_blanc = exercise("01.9").check(bruit_blanc)

# %% [markdown] id="musee-prouver-texte"
# **Prouver.** Le même compte, avec votre bruit, d'intensité 1,4. Le nombre qui
# suit ± est l'erreur type : aux hasards du tirage près, le compte ne doit plus
# bouger.

# %% id="musee-prouver"
for dt in (0.04, 0.02, 0.01):
    n = [impulsions(lambda tirages, dt: bruit_blanc(tirages, 1.4, dt), dt, k)
         for k in essais]
    print(f"dt = {quantity(dt, 'ms', 2)} :", decimal(np.mean(n)), "±",
          decimal(np.std(n) / np.sqrt(len(n))), "impulsions en moyenne")

# %% [markdown] id="musee-expliquer" exercise="01.7x" manual=true points=1
# **Expliquer.** Le programme du musée tournait sans erreur. Quel geste, et lui
# seul, l'a trahi ?
#
# ### BEGIN SOLUTION
# Recommencer avec dt/2. Un résultat qui dépend du pas est un résultat du
# programme, et non du modèle.
# ### END SOLUTION

# %% [markdown] id="plus-loin"
# ## Pour aller plus loin
#
# - **Arrêter un axone d'un seul choc.** Dans la zone bistable de la section 7,
#   un choc bref et bien placé fait taire un train. L'expérience a été faite
#   sur un vrai axone [9]. À 8 µA/cm², cherchez l'instant et l'amplitude qui
#   l'arrêtent. L'axone est-il alors tout à fait au repos ?
# - **La panne de chaleur.** Réchauffez le modèle avec $\phi = 3^{(T-6,3)/10}$.
#   À quelle température un courant de 10 µA/cm² ne donne-t-il plus de train ?
#   Le calmar connaît aussi ce blocage [10] : les deux températures
#   s'accordent-elles, et que manque-t-il au modèle pour répondre ?

# %% [markdown] id="references"
# ## Références
#
# 1. E. R. Kandel, J. D. Koester, S. H. Mack, S. A. Siegelbaum, *Principles of
#    Neural Science*, 6ᵉ éd., McGraw-Hill, 2021 : chapitre sur le potentiel de
#    membrane, table des ions de l'axone géant du calmar.
# 2. A. L. Hodgkin, A. F. Huxley, « A quantitative description of membrane
#    current and its application to conduction and excitation in nerve », *J.
#    Physiol.* 117 (1952) 500-544. doi:10.1113/jphysiol.1952.sp004764. Tout le
#    modèle y est.
# 3. W. Gerstner, W. M. Kistler, R. Naud, L. Paninski, *Neuronal Dynamics*,
#    Cambridge University Press, 2014, chapitre 2 (neuronaldynamics.epfl.ch).
# 4. B. Hille, *Ion Channels of Excitable Membranes*, 3ᵉ éd., Sinauer, 2001.
# 5. A. L. Hodgkin, « The local electric changes associated with repetitive
#    action in a non-medullated axon », *J. Physiol.* 107 (1948) 165-181.
# 6. A. L. Hodgkin, R. D. Keynes, « Active transport of cations in giant axons
#    from *Sepia* and *Loligo* », *J. Physiol.* 128 (1955) 28-60.
# 7. D. Attwell, S. B. Laughlin, « An energy budget for signaling in the grey
#    matter of the brain », *J. Cereb. Blood Flow Metab.* 21 (2001) 1133-1145.
# 8. H. Alle, A. Roth, J. R. P. Geiger, « Energy-efficient action potentials in
#    hippocampal mossy fibers », *Science* 325 (2009) 1405-1408.
# 9. R. Guttman, S. Lewis, J. Rinzel, « Control of repetitive firing in squid
#    axon membrane as a model for a neuroneoscillator », *J. Physiol.* 305
#    (1980) 377-395.
# 10. A. L. Hodgkin, B. Katz, « The effect of temperature on the electrical
#     activity of the giant axon of the squid », *J. Physiol.* 109 (1949)
#     240-249.
