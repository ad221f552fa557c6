# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] id="titre"
# # TD02 — Le plan de phase
#
# Vous savez ce que fait un neurone. Deux heures plus tard, vous verrez
# pourquoi il ne pouvait rien faire d'autre : tout tient dans deux courbes, et
# dans la façon dont elles se croisent.
#
# > **Objectifs.** À la fin, vous saurez :
# > - réduire un modèle à deux variables, et dire ce que la réduction coûte ;
# > - tracer les nullclines d'un modèle, à la main puis en Python, et y lire le
# >   sens du mouvement ;
# > - trouver un point fixe, calculer sa jacobienne, et nommer ce qui s'y
# >   passe : nœud, foyer, col, stable ou non ;
# > - calculer sur le papier le courant où un neurone perd son repos ;
# > - distinguer un vrai seuil d'une pente très raide, et la classe 1 de la
# >   classe 2 ;
# > - choisir un modèle selon ce qu'il coûte et ce qu'il reproduit.
# >
# > **Prérequis.** Le TD01 ; dériver un polynôme ; résoudre une équation du
# > second degré. Les valeurs propres d'une matrice 2 × 2 sont rappelées.
# >
# > **Durée.** Deux heures. Si le temps presse, gardez les sections 8 et 12
# > pour chez vous.
# >
# > **Matériel repris.** Trois fonctions du TD01 : le bilan des courants
# > (01.4), le taux de décharge (01.5), le pas d'Euler (01.8). Si vous les avez
# > réussies, ce sont les vôtres qui servent ; sinon, celles du cours.

# %% [markdown] id="simplifications"
# > **Ce que ces modèles simplifient.**
# > - *Un point de membrane.* Comme au TD01, rien ne se propage.
# > - *Deux variables.* Sur un plan, deux trajectoires ne se croisent jamais :
# >   ni chaos, ni bouffées sans une règle de plus.
# > - *Des nombres sans unité.* Chez FitzHugh et Nagumo, ni v ni t ne se
# >   mesurent : on compare des formes, jamais des millivolts.
# > - *Une impulsion coupée.* Chez Izhikevich, le sommet est une convention, et
# >   la redescente une règle. Les canaux ont disparu.

# %% [markdown] id="preparation-texte"
# Exécutez d'abord les trois cellules suivantes : elles réunissent le matériel
# du TD. Ensuite, chaque section peut se faire seule.

# %% id="preparation"
# %matplotlib inline
import numpy as np

from course.dynamics import Model, SimulationError, phase
from course.exercises import comparer, exercise, pronostic
from course.inputs import pulse
from course.neurons import IZHIKEVICH, fitzhugh_nagumo as fhn
from course.neurons import hodgkin_huxley as hh
from course.neurons import hodgkin_huxley_reduced as hh_reduit
from course.neurons import morris_lecar_class_1, morris_lecar_class_2
from course.plot.french import count, decimal, quantity, short
from course.plot.mpl import draw
from course.plot.scene import Arrows, Axis, Line, Mark, Panel, Points, Scene
from course.profile import budget, profile
from course.widgets import explore_phase_plane

# %% id="dessin"
def portrait(nom, modele, fenetre, chemins=(), **p):
    """Les deux nullclines, les points fixes, et des chemins (x, y)."""
    x, y = modele.variables
    traits = [Line(*chemin, "", "ink", width=1.2) for chemin in chemins]
    aspect = {x: ("vermillion", "dash"), y: ("blue", "dashdot")}
    for n in phase.nullclines(modele, x, y, fenetre, **p):
        mots = (f"d{n.variable}/dt = 0", *[""] * len(n.pieces))
        traits += [Line(*morceau.T, mot, *aspect[n.variable], 2.5)
                   for morceau, mot in zip(n.pieces, mots, strict=False)]
    for f in phase.fixed_points(modele, fenetre, **p):
        forme = ("cross", 10) if f.kind == "col" else ("circle", 10, f.stable)
        traits.append(Points([f[x]], [f[y]], "", "ink", *forme))
    axes = [Axis(v, modele.units[v].strip("1"), limites)
            for v, limites in zip((x, y), fenetre, strict=True)]
    return Panel(nom, *axes, tuple(traits), title=nom)

# %% [markdown] id="preparation-profil"
# Dans tous les plans de ce TD, la nullcline de la première variable est orange
# et tiretée, celle de la seconde bleue, en traits et points. Un rond **plein**
# est un équilibre stable, un rond **creux** un équilibre instable, une croix un
# col.

# %% id="preparation-duree"
attente = budget(flash="5 s", td="10 s", complet="2 min")
print(f"Profil « {profile()} » : aucun calcul ne dépasse {attente}.")

# %% [markdown] id="deux-situation"
# ## 1. Quatre variables, c'est deux de trop
#
# ### Situation
#
# L'axone du TD01 a quatre variables : V, n, m et h. Son état est un point dans
# un espace à quatre dimensions. Personne ne sait dessiner cela.
#
# En 1961, FitzHugh regarde les courbes de Hodgkin et Huxley et fait deux
# remarques [1] :
#
# - m suit V presque sans retard : sa constante de temps ne dépasse pas une
#   demi-milliseconde, quand celles de n et de h approchent 6 et 9 ms ;
# - quand n monte, h descend à peu près d'autant : leur **somme** semble
#   constante.
#
# Mesurons la seconde avant d'y croire.

# %% id="deux-somme"
departs = {"au repos": None,
           "loin du repos": {"V": -60, "n": 1 / 3, "m": 0, "h": 2 / 3}}
for I in (0, 5, 10, 20):
    for nom, depart in departs.items():
        essai = hh.simulate(100, I=I, start=depart)
        somme = essai["n"] + essai["h"]
        print(f"I = {I}, départ {nom} : n + h va de",
              decimal(somme.min(), 2), "à", decimal(somme.max(), 2))
temps, axe = Axis("t", "ms", (0, 60)), Axis("n + h", "", (0.7, 1))
aspect = {0: ("blue", "dash"), 5: ("green", "dashdot"), 10: ("ink", "solid")}
traits = [Line(t.t, t["n"] + t["h"], f"I = {I} µA/cm²", *aspect[I])
          for I, t in ((I, hh.simulate(60, I=I)) for I in aspect)]
draw(Scene(((Panel("n+h", temps, axe, tuple(traits)),),), height=300), 7.5)

# %% [markdown] id="deux-somme-commentaire"
# *Figure :* la somme n + h pendant 60 ms. Au repos, une ligne plate à 0,91.
# Avec 5 µA/cm², un creux jusqu'à 0,83, puis un retour. Avec 10 µA/cm², une
# oscillation entretenue entre 0,78 et 0,85.
#
# La somme n'est donc pas constante. D'un essai à l'autre, elle va de 0,76 à
# 1,00 : la plus haute valeur n'est que celle du départ, 1/3 + 2/3. Un mémoire
# retient 0,85 [9].
#
# Quelle valeur garder ? La moyenne en plein train. Et la première remarque, le
# retard de m ? Mesurons les deux.

# %% id="deux-retard"
train = hh.simulate(100, I=10)
somme = (train["n"] + train["h"])[train.t > 30]
print("en plein train, n + h vaut en moyenne", decimal(somme.mean(), 2))
ecart = np.abs(train["m"] - hh.evaluate("m_inf", V=train["V"]))
print("m s'écarte de m∞ de", decimal(ecart.mean(), 2), "en moyenne,",
      "et de", decimal(ecart.max(), 2), "au pire")

# %% [markdown] id="deux-formaliser"
# Nous prendrons 0,83, en sachant ce que ce nombre vaut. Quant à m, il est en
# moyenne à son équilibre. Au pire, il s'en écarte de la moitié de sa course :
# c'est pendant la montée de l'impulsion, plus rapide que lui.
#
# ### Formaliser
#
# Acceptons les deux approximations. Il reste deux variables, V et n :
#
# $$m = m_\infty(V) \qquad h = S - n$$
#
# $$C\,\frac{dV}{dt} = I - I_{Na}(V, n) - I_K(V, n) - I_L(V)
# \qquad \frac{dn}{dt} = \alpha_n\,(1-n) - \beta_n\,n$$
#
# $S$, sans unité, est la somme choisie. Tout le reste vient du TD01.

# %% [markdown] id="deux-predire"
# ### Prédire
#
# Le modèle complet donne, en 100 ms, une impulsion à 5 µA/cm² et sept à
# 10 µA/cm². Combien le modèle réduit, avec S = 0,83, en donnera-t-il ?

# %% id="deux-pronostic"
pronostic("02.a", réduit_5=None, réduit_10=None)

# %% [markdown] id="deux-manipuler"
# ### Vérifier
#
# Le bilan des courants, vous l'avez écrit au TD01 : c'est l'exercice 01.4. La
# cellule suivante va le rechercher, et dit s'il s'agit du vôtre. Une fonction
# Python peut entrer telle quelle dans un modèle : ici, elle s'y appelle
# `bilan`, et reçoit `S - n` là où elle attendait h.

# %% id="deux-bilan"
dV_dt = exercise("01.4").recall()

# %% id="deux-modele"
constantes = ("C", "g_Na", "g_K", "g_L", "E_Na", "E_K", "E_L")
axone_plan = Model("""
dV/dt = bilan(V, n, m, S - n, I, C, g_Na, g_K, g_L, E_Na, E_K, E_L) : mV
dn/dt = alpha_n*(1 - n) - beta_n*n                                  : 1
m = alpha_m/(alpha_m + beta_m)                                      : 1
alpha_n = 0.01*(-V - 55)/(exp((-V - 55)/10) - 1)                    : 1/ms
beta_n = 0.125*exp((-V - 65)/80)                                    : 1/ms
alpha_m = 0.1*(-V - 40)/(exp((-V - 40)/10) - 1)                     : 1/ms
beta_m = 4*exp((-V - 65)/18)                                        : 1/ms
""", functions={"bilan": dV_dt}, init={"V": -65.15, "n": 0.3154},
    spike="V >= 0", S=0.83, I=0,
    **{x: hh.parameters[x] for x in constantes})
print("appelées nombre par nombre :", ", ".join(axone_plan.called) or "aucune")

# %% [markdown] id="deux-trace-texte"
# « Aucune » veut dire que le cours a su lire votre fonction comme une formule
# et la compiler avec le reste. Une fonction qu'il ne sait pas lire, avec un
# `if` par exemple, marche aussi, plus lentement.

# %% id="deux-comparer"
panneaux, n = [], {}
for I in (5, 10):
    complet, plan = (m.simulate(100, I=I) for m in (hh, axone_plan))
    n[I] = len(plan.spikes)
    courbes = (
        Line(complet.t, complet["V"], "quatre variables", "grey", width=3),
        Line(plan.t, plan["V"], "deux variables", "vermillion", "dash"))
    x = Axis("t", "ms", (0, 100), shown=I == 10)
    panneaux.append(Panel(f"{I}", x, Axis("V", "mV", (-85, 60)), courbes,
                          title=f"I = {I} µA/cm²"))
comparer("02.a", réduit_5=n[5], réduit_10=n[10])
draw(Scene((tuple(panneaux),), height=440), 8)

# %% [markdown] id="deux-commentaire"
# *Figure :* V pendant 100 ms, à 5 puis à 10 µA/cm². Le trait gris du modèle
# complet et le trait orange tireté du modèle réduit ont la même forme : une
# impulsion en haut, un train en bas. Les impulsions réduites partent plus tôt,
# montent plus haut et se suivent de plus près.
#
# L'essentiel a survécu : la même membrane, deux variables de moins, et
# toujours une impulsion d'un côté, un train de l'autre. Les chiffres, eux, se
# sont déplacés : sans le retard de m, tout va plus vite.
#
# Tout dépend aussi de S. Changeons-le, de 0,77 à 1,00 : jusqu'où l'axone
# réduit garde-t-il une seule impulsion à 5 µA/cm² ?

# %% id="deux-changer"
for S in (0.77, 0.80, 0.83, 0.85, 0.914, 1.00):
    n = [len(hh_reduit.simulate(100, I=I, S=S).spikes) for I in (2, 5, 10)]
    print(f"S = {decimal(S, 3)} : impulsions à 2, 5 et 10 µA/cm² :", *n)

# %% [markdown] id="deux-expliquer" exercise="02.1x" manual=true points=1
# ### Expliquer
#
# La valeur de repos, 0,914, semblait un choix naturel pour S. Qu'a-t-elle
# changé à 5 µA/cm² ? Que conclure de l'expression « n + h est constant » ?
# Deux phrases.
#
# ### BEGIN SOLUTION
# Avec S = 0,914, le modèle réduit bat sans fin à 5 µA/cm², où l'axone ne donne
# qu'une impulsion. La somme n'est pas constante ; l'approximation garde les
# comportements, mais le courant où l'on passe de l'un à l'autre dépend de S.
# ### END SOLUTION

# %% [markdown] id="plan-situation"
# ## 2. Deux courbes
#
# ### Situation
#
# Deux variables : l'état est un point sur une feuille. En chaque point, les
# équations disent où il va. Cherchons d'abord les points où l'une des deux
# variables s'arrête : ceux où V ne bouge pas, ceux où n ne bouge pas. Ces deux
# courbes s'appellent les **nullclines**.
#
# Voici celles de l'axone réduit, et celles d'un modèle que FitzHugh, puis
# Nagumo, ont dessiné pour leur ressembler [1, 2].

# %% id="plan-deux"
gauche = portrait("axone réduit", hh_reduit, ((-80, 60), (0.2, 0.85)), I=8)
droite = portrait("FitzHugh et Nagumo", fhn, ((-2.4, 2.4), (-1.2, 2.2)),
                  I=0.4)
draw(Scene(((gauche,), (droite,)), widths=(1, 1), height=400), 9.5)

# %% [markdown] id="plan-formaliser"
# *Figure :* deux plans. À gauche, V en mV et n : la nullcline de V, orange,
# descend, remonte et redescend ; celle de n, bleue, monte. À droite, v et w :
# l'orange est une cubique, la bleue une droite. Des deux côtés, elles se
# coupent une seule fois, en un rond creux, au genou gauche.
#
# Tout ce qui dépend de la chimie a disparu à droite. Il reste une cubique et
# une droite :
#
# $$\frac{dv}{dt} = v - \frac{v^3}{3} - w + I \qquad
# \tau\,\frac{dw}{dt} = v + a - b\,w$$
#
# - $v$ joue le potentiel ; $w$, lent, joue ce qui le rappelle : n et h réunis ;
# - $I$ est le courant ; $a$ = 0,7 et $b$ = 0,8 placent la droite ;
# - $\tau$ = 12,5 : w est 12,5 fois plus lent que v.
#
# Aucune de ces grandeurs n'a d'unité, pas même le temps.

# %% [markdown] id="plan-predire"
# ### Prédire
#
# I = 0. L'état est en v = 0, w = 1. Dans quelle direction part-il : `"haut"`,
# `"bas"`, `"gauche"` ou `"droite"` ? Calculez les deux dérivées de tête.

# %% id="plan-pronostic"
pronostic("02.b", direction=None)

# %% [markdown] id="plan-papier"
# ### Formaliser, sur le papier
#
# Prenez une feuille.
#
# 1. Posez dv/dt = 0 et isolez w. Où cette courbe a-t-elle ses deux genoux, et
#    à quelle hauteur ?
# 2. Posez dw/dt = 0 et isolez w. Où la droite coupe-t-elle l'axe des v ?
# 3. Au-dessus de la cubique, v augmente-t-il ou diminue-t-il ? À droite de la
#    droite, w monte-t-il ou descend-il ?
# 4. Que fait la cubique quand I augmente ? Et la droite ?
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# 1. $w = v - v^3/3 + I$. La pente, $1 - v^2$, s'annule en $v = \pm 1$ : le
#    genou gauche est à la hauteur $-2/3 + I$, le droit à $2/3 + I$.
# 2. $w = (v + a)/b$, qui coupe l'axe en $v = -a$.
# 3. Au-dessus de la cubique, w est trop grand : v diminue. À droite de la
#    droite, v est trop grand pour w : w monte.
# 4. La cubique monte d'autant que I ; la droite ne bouge pas. Le courant fait
#    **glisser** une courbe le long de l'autre.
#
# </details>

# %% [markdown] id="plan-coder"
# ### Coder
#
# Rendez la hauteur w des deux nullclines au-dessus de v : d'abord celle de v,
# puis celle de w.

# %% id="plan-fonction" exercise="02.1" points=1
def nullclines(v, I, a, b):
    """(w où dv/dt = 0, w où dw/dt = 0) ; v est un tableau."""
    ### BEGIN SOLUTION
    return v - v**3 / 3 + I, (v + a) / b
    ### END SOLUTION

# %% id="plan-verifier"
nullclines = exercise("02.1").check(nullclines)

# %% [markdown] id="plan-verifier-texte"
# ### Vérifier
#
# Traçons vos courbes, puis les flèches du mouvement, calculées à part. Sur
# chaque courbe, dans quel sens pointent-elles ?

# %% id="plan-champ"
fenetre = ((-2.4, 2.4), (-1.2, 2.2))
v = np.linspace(-2.4, 2.4, 200)
cubique, droite = nullclines(v, 0, 0.7, 0.8)
f = phase.vector_field(fhn, "v", "w", fenetre, (15, 11))
X, Y = (g.ravel() for g in np.meshgrid(f.x, f.y))
vitesse = np.hypot(f.dx, f.dy)
taille = 0.28 * np.tanh(vitesse) / vitesse  # de courtes flèches, même loin
fleches = Arrows(X, Y, (taille * f.dx).ravel(), (taille * f.dy).ravel(), "",
                 "grey", 1)
courbes = (fleches, Line(v, cubique, "dv/dt = 0", "vermillion", "dash", 2.5),
           Line(v, droite, "dw/dt = 0", "blue", "dashdot", 2.5))
comparer("02.b", direction="gauche")
draw(Scene(((Panel("plan", Axis("v", "", fenetre[0]), Axis(
    "w", "", fenetre[1]), courbes),),), height=460), 7)

# %% [markdown] id="plan-commentaire"
# *Figure :* le plan v–w, de −2,4 à 2,4 et de −1,2 à 2,2. La cubique orange, la
# droite bleue, et une grille de flèches grises. Au-dessus de la cubique elles
# pointent à gauche, au-dessous à droite, presque toujours à l'horizontale.
#
# En (0 ; 1), dv/dt vaut −1 et dw/dt vaut −0,008 : on part à gauche. Partout
# loin de la cubique, v court et w attend : c'est l'effet de τ. Au contact de
# la cubique, v s'arrête, et w a enfin le temps de bouger.

# %% [markdown] id="plan-expliquer" exercise="02.2x" manual=true points=1
# ### Expliquer
#
# Un camarade dit : « Le neurone suit la cubique. » Que répondre ?
# Dans quelle direction une trajectoire traverse-t-elle la cubique, et dans
# laquelle traverse-t-elle la droite ?
#
# ### BEGIN SOLUTION
# Une nullcline n'est pas une trajectoire : c'est l'ensemble des points où une
# seule des deux variables s'arrête. Sur la cubique, dv/dt = 0 : on la traverse
# à la verticale. Sur la droite, dw/dt = 0 : on la traverse à l'horizontale. On
# ne s'arrête qu'à leur croisement.
# ### END SOLUTION

# %% [markdown] id="repos-situation"
# ## 3. Le point où tout s'arrête
#
# ### Situation
#
# Là où les deux nullclines se croisent, les deux dérivées sont nulles : c'est
# un **point fixe**, un état où le neurone reste si on l'y pose.
#
# ### Formaliser, sur le papier
#
# 1. Égalez les deux expressions de w. Quelle équation en v obtenez-vous ?
# 2. Montrez que si $b < 1$, elle n'a jamais qu'une solution, quel que soit I.
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# 1. $\dfrac{v^3}{3} + \Big(\dfrac1b - 1\Big)v + \dfrac ab - I = 0$.
# 2. La dérivée du membre de gauche est $v^2 + 1/b - 1$. Si $b < 1$, elle est
#    partout positive : le membre de gauche croît de −∞ à +∞, et s'annule une
#    fois, et une seule. La droite est alors plus raide que la cubique ne l'est jamais.
#
# </details>

# %% [markdown] id="repos-coder"
# ### Coder
#
# Rendez le point fixe, v puis w. On vous garantit qu'il n'y en a qu'un, mais
# ni son signe, ni $b < 1$. `np.roots` donne les racines d'un polynôme, réelles
# et complexes mêlées ; une recherche par dichotomie marche aussi.

# %% id="repos-fonction" exercise="02.2" points=2
def equilibre(I, a, b):
    """(v, w) du point fixe, quand il est unique ; trois nombres."""
    ### BEGIN SOLUTION
    racines = np.roots([1 / 3, 0, 1 / b - 1, a / b - I])
    v = racines[np.abs(racines.imag).argmin()].real
    return v, (v + a) / b
    ### END SOLUTION

# %% id="repos-verifier"
equilibre = exercise("02.2").check(equilibre)

# %% [markdown] id="repos-limite"
# ### Vérifier
#
# Deux vérifications : le cours cherche les points fixes par une autre voie ;
# et un neurone posé sur le vôtre ne doit plus bouger.

# %% id="repos-table"
for I in (-0.5, 0, 0.33, 1, 1.5):
    v, w = np.ravel(equilibre(I, 0.7, 0.8))
    cours, = phase.fixed_points(fhn, ((-3, 3), (-3, 4)), I=I)
    fin = fhn.simulate(5, I=I, start={"v": v, "w": w}).end
    print(f"I = {short(I)} : v* = {decimal(v, 4)}, w* = {decimal(w, 4)} ;",
          f"écart avec le cours {abs(v - cours['v']):.0e},",
          f"dérive en 5 unités {abs(fin['v'] - v):.0e}")

# %% [markdown] id="repos-commentaire"
# Quand I croît, l'équilibre avance vers la droite, du bras gauche de la
# cubique à son bras droit. Il existe toujours. Reste à savoir si l'on y tient.

# %% [markdown] id="stable-situation"
# ## 4. Y tient-on ?
#
# ### Situation
#
# Une bille au fond d'un bol, une bille au sommet d'une colline : deux
# équilibres. On les distingue d'une pichenette.
#
# ### Formaliser, sur le papier
#
# Tout près du point fixe, le mouvement est celui d'un système **linéaire**.
# Ses quatre coefficients sont des pentes ; rangés en tableau, ils forment la
# **jacobienne** :
#
# $$J = \begin{pmatrix} \partial \dot v/\partial v & \partial \dot v/\partial w
# \\ \partial \dot w/\partial v & \partial \dot w/\partial w \end{pmatrix}$$
#
# Le point au-dessus d'une lettre veut dire d/dt. Calculez les quatre pentes
# pour FitzHugh et Nagumo. Desquels de I, a, b et τ dépendent-elles ?
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# $$J = \begin{pmatrix} 1 - v^2 & -1 \\ 1/\tau & -b/\tau \end{pmatrix}$$
#
# Ni I ni a n'y figurent : ils déplacent le point fixe, et n'agissent sur J que
# par là.
#
# </details>

# %% [markdown] id="stable-coder"
# ### Coder
#
# Rendez la jacobienne au point de potentiel v : un tableau 2 × 2, une ligne
# par dérivée, une colonne par variable.

# %% id="stable-jacobienne" exercise="02.3" points=2
def jacobienne(v, b, tau):
    """Tableau 2 × 2 : lignes dv/dt et dw/dt, colonnes v et w."""
    ### BEGIN SOLUTION
    return np.array([[1 - v**2, -1], [1 / tau, -b / tau]])
    ### END SOLUTION

# %% id="stable-jacobienne-verifier"
jacobienne = exercise("02.3").check(jacobienne)

# %% [markdown] id="stable-valeurs"
# ### Formaliser
#
# Un petit écart évolue comme une somme de deux termes $e^{\lambda t}$. Les
# deux $\lambda$ sont les **valeurs propres** de J, racines de
#
# $$\lambda^2 - T\lambda + D = 0 \qquad T = \text{trace} = J_{vv} + J_{ww}
# \qquad D = J_{vv}J_{ww} - J_{vw}J_{wv}$$
#
# T est leur somme, D leur produit. On y lit le destin du petit écart :
#
# | ce qu'on trouve | les valeurs propres | le nom |
# |:---|:---|:---|
# | D < 0 | réelles, de signes opposés | **col** : il attire d'un côté, repousse de l'autre |
# | D > 0, T² ≥ 4 D | réelles, de même signe | **nœud** : on y va, ou on en part, tout droit |
# | D > 0, T² < 4 D | complexes | **foyer** : on tourne autour |
# | … et T < 0 | parties réelles négatives | **stable** |
# | … et T > 0 | parties réelles positives | **instable** |
# | D > 0, T = 0 | imaginaires pures | **centre** : on tourne, ni plus près ni plus loin |

# %% [markdown] id="stable-nommer"
# ### Coder
#
# Rendez le nom : `"col"`, `"centre"`, ou deux mots comme `"foyer stable"` ou
# `"nœud instable"`. Sans œ sur votre clavier, `"noeud"` est accepté.

# %% id="stable-nature" exercise="02.4" points=2
def nature(trace, determinant):
    """Le nom du point fixe, en un ou deux mots."""
    ### BEGIN SOLUTION
    if determinant < 0:
        return "col"
    if trace == 0:
        return "centre"
    forme = "foyer" if trace**2 < 4 * determinant else "nœud"
    return forme + (" stable" if trace < 0 else " instable")
    ### END SOLUTION

# %% id="stable-nature-verifier"
nature = exercise("02.4").check(nature)

# %% [markdown] id="stable-predire"
# ### Prédire
#
# De I = 0 à I = 1,6, le repos change plusieurs fois de nom. Combien de noms
# **différents** porte-t-il ?

# %% id="stable-pronostic"
pronostic("02.c", noms_différents=None)

# %% id="stable-table"
equilibre = exercise("02.2").recall()
noms, T, D = [], [], []
for I in np.arange(0, 1.61, 0.02):
    v, w = np.ravel(equilibre(I, 0.7, 0.8))
    J = np.array(jacobienne(v, 0.8, 12.5))
    T, D = [*T, J[0, 0] + J[1, 1]], [*D, np.linalg.det(J)]
    nom = nature(T[-1], D[-1])
    if nom not in noms[-1:]:
        print(f"à partir de I = {decimal(I, 2)} : {nom}")
    noms.append(nom)
comparer("02.c", noms_différents=len(set(noms)))

# %% id="stable-figure"
t = np.linspace(-0.7, 1, 200)
courbes = (Line(t, t**2 / 4, "T² = 4 D", "grey", "dash"),
           Points(T, D, "le repos, de I = 0 à 1,6", "blue", "circle", 4),
           Mark(x=0, dash="solid"), Mark(-0.6, 0.005, "nœuds stables"),
           Mark(-0.3, 0.11, "foyers stables"),
           Mark(0.15, 0.11, "foyers instables"), Mark(-0.3, -0.03, "cols"),
           Mark(0.6, 0.005, "nœuds instables"))
draw(Scene(((Panel("T–D", Axis("trace T", "", (-0.7, 1)), Axis(
    "déterminant D", "", (-0.04, 0.13)), courbes),),), height=360), 7)

# %% [markdown] id="stable-commentaire"
# *Figure :* le plan trace–déterminant. Une parabole tiretée, T² = 4 D, sépare
# les foyers, au-dessus, des nœuds, au-dessous. Le repos, une suite de points
# bleus, part à gauche dans les foyers stables, traverse la verticale T = 0,
# entre dans les foyers instables, puis dans les nœuds instables, et revient
# par le même chemin.
#
# Trois noms, cinq époques : foyer stable, foyer instable, nœud instable, puis
# l'inverse. Le déterminant ne s'annule jamais : le repos ne disparaît pas.
# C'est la trace qui change de signe, et la stabilité qui s'en va avec elle.

# %% [markdown] id="seuil-situation"
# ## 5. Y a-t-il un seuil ?
#
# ### Situation
#
# I = 0 : le repos est un foyer stable. Écartons v brusquement, sans toucher à
# w, et lâchons. Un petit écart s'éteint. Un grand fait un détour par la droite
# avant de revenir : c'est une impulsion. Le neurone est **excitable**.
#
# ### Prédire
#
# On écarte v de 0,5, puis de 0,6, à partir du repos, qui est en −1,2. Jusqu'à
# quelle valeur v monte-t-il dans chaque cas ? Et y a-t-il, entre les deux, un
# seuil **exact**, `"oui"` ou `"non"` ?

# %% id="seuil-pronostic"
pronostic("02.d", avec_un_demi=None, avec_six_dixièmes=None,
          seuil_exact=None)

# %% [markdown] id="seuil-manipuler"
# ### Manipuler
#
# Voici le plan, vivant. Un clic lance une trajectoire ; au clavier, Entrée la
# lance depuis la mire. La touche **?** donne la liste des touches. À I = 0,
# lancez-en huit à la hauteur du repos, w = −0,62, de plus en plus à droite.
# Cherchez celle qui hésite.

# %% id="seuil-explorer"
explore_phase_plane(fhn, "v", "w", ((-2.4, 2.4), (-1.2, 2.2)))

# %% [markdown] id="seuil-mesure-texte"
# ### Vérifier
#
# Mesurons le sommet atteint, pour beaucoup d'écarts à la fois, et pour trois
# valeurs de τ.

# %% id="seuil-mesure"
def sommet(ecart, tau=12.5):
    """Plus haut v atteint après un écart (tableau) depuis le repos."""
    depart = {"v": fhn.init["v"] + ecart,
              "w": np.full(len(ecart), fhn.init["w"])}
    essais = fhn.simulate(60, start=depart, tau=tau, record=["v"])
    return essais["v"].max(axis=0)


a, b = sommet(np.array([0.5, 0.6]))
comparer("02.d", avec_un_demi=a, avec_six_dixièmes=b,
         seuil_exact="non")

# %% id="seuil-figure"
large, fin = np.linspace(0, 1.4, 141), np.linspace(0.5546, 0.5557, 111)
aspect = {3: ("green", "dash"), 5: ("purple", "dashdot"), 12.5: ("blue",)}
gauche = Panel("large", Axis("écart de v", "", (0, 1.4)), Axis(
    "sommet de v", "", (-1.3, 2)), tuple(
    Line(large, sommet(large, tau), f"τ = {short(tau)}", *aspect[tau])
    for tau in aspect))
droite = Panel("loupe", Axis("écart de v", "", (0.5546, 0.5557), ticks=(
    0.555, 0.5554)), Axis("sommet de v, τ = 12,5", "", (-1.3, 2)),
    (Line(fin, sommet(fin), "", "blue"),
     Points(fin, sommet(fin), "", "blue", size=4)))
draw(Scene(((gauche,), (droite,)), widths=(1, 1), height=360), 9.5)

# %% [markdown] id="seuil-canard-texte"
# *Figure :* à gauche, le sommet de v selon l'écart, de 0 à 1,4. Avec τ = 3,
# une pente douce ; avec τ = 5, une marche arrondie ; avec τ = 12,5, une marche
# qui semble verticale, vers 0,555. À droite, la loupe sur cette marche : elle
# monte en un millième, presque toute d'un trait.
#
# Presque. Forçons la réponse : cherchons, en coupant l'intervalle en deux, les
# écarts qui donnent des impulsions **à moitié**.

# %% id="seuil-canard"
def ecart_pour(cible, bas=0.5, haut=0.6):
    """L'écart qui mène v jusqu'à cible, à la précision de la machine."""
    for _ in range(50):
        milieu = (bas + haut) / 2
        bas, haut = ((milieu, haut) if sommet(np.array([milieu]))[0] < cible
                     else (bas, milieu))
    return haut


ecarts = {c: ecart_pour(c) for c in (-0.6, -0.3, 0, 0.4, 0.8, 1.2, 1.6)}
for cible, ecart in ecarts.items():
    print(f"sommet à {short(cible)} : écart de {decimal(ecart, 7)}")

# %% id="seuil-canard-figure"
chemins = []
for ecart in ecarts.values():
    t = fhn.simulate(60, start={"v": fhn.init["v"] + ecart})
    chemins.append((t["v"], t["w"]))
draw(Scene(((portrait("quasi-seuil", fhn, ((-2.4, 2.4), (-1.2, 1.6)),
                      chemins),),), height=460), 7)

# %% [markdown] id="seuil-commentaire"
# *Figure :* le plan v–w à I = 0, et sept trajectoires noires. Toutes partent
# presque du même point, sous la cubique, et remontent ensemble le long de sa
# branche **du milieu**. Elles la quittent l'une après l'autre, à des hauteurs
# différentes : les unes vers la gauche, sans impulsion ; les autres vers la
# droite, plus ou moins loin.
#
# Toutes les hauteurs existent. Il n'y a donc pas de seuil, au sens strict :
# seulement une pente si raide qu'il faut six ou sept décimales pour s'y arrêter
# en chemin. On parle de **quasi-seuil**. Les trajectoires qui longent la
# branche du milieu, celle qui repousse, portent un nom : des *canards* [12].
#
# Un vrai neurone est bruyant : pour lui, cette pente est un mur.

# %% [markdown] id="seuil-expliquer" exercise="02.3x" manual=true points=1
# ### Expliquer
#
# Pourquoi la marche s'adoucit-elle quand τ diminue ? Pensez à ce que fait w
# pendant que v court.
#
# ### BEGIN SOLUTION
# Quand τ est petit, w répond presque aussi vite que v. Il freine l'impulsion
# pendant qu'elle monte, et d'autant plus qu'elle est partie de moins loin :
# toutes les hauteurs deviennent possibles. Quand τ est grand, w attend, et v
# va jusqu'au bout ou ne part pas.
# ### END SOLUTION

# %% [markdown] id="hopf-situation"
# ## 6. Perdre le repos
#
# ### Situation
#
# Au TD01, à 10 µA/cm², l'équilibre de l'axone existait encore, mais une
# pichenette suffisait à le quitter. Ici, nous pouvons **calculer** le courant
# où cela arrive.
#
# ### Formaliser, sur le papier
#
# Un foyer devient instable quand la partie réelle de ses valeurs propres
# s'annule : quand la trace s'annule, le déterminant restant positif. C'est une
# **bifurcation de Hopf**.
#
# 1. Pour quelles valeurs de v la trace est-elle nulle ?
# 2. Quel courant place l'équilibre en ce v ?
# 3. Faites le calcul pour a = 0,7, b = 0,8 et τ = 12,5.
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# 1. $1 - v^2 - b/\tau = 0$, donc $v = \pm\sqrt{1 - b/\tau}$.
# 2. La droite donne $w = (v+a)/b$, la cubique donne $I = w - v + v^3/3$.
# 3. $v = \pm\sqrt{0{,}936} = \pm 0{,}96747$. À gauche, $w = -0{,}33434$ et
#    $I = 0{,}33128$ ; à droite, $w = 2{,}08434$ et $I = 1{,}41872$.
#
# Le déterminant vaut alors $(1 - b^2/\tau)/\tau$, positif : ce sont bien deux
# bifurcations de Hopf.
#
# </details>

# %% [markdown] id="hopf-coder"
# ### Coder
#
# Rendez les deux courants, le plus petit d'abord.

# %% id="hopf-fonction" exercise="02.5" points=3
def courants_de_hopf(a, b, tau):
    """(courant bas, courant haut) où la trace s'annule ; trois nombres."""
    ### BEGIN SOLUTION
    v = np.sqrt(1 - b / tau)
    bas, haut = ((x + a) / b - x + x**3 / 3 for x in (-v, v))
    return bas, haut
    ### END SOLUTION

# %% id="hopf-verifier"
courants_de_hopf = exercise("02.5").check(courants_de_hopf)

# %% id="hopf-valeurs"
for tau in (12.5, 5, 100):
    bas, haut = courants_de_hopf(0.7, 0.8, tau)
    print(f"τ = {short(tau)} : le repos est perdu de I =",
          decimal(bas, 5), "à", decimal(haut, 5))

# %% [markdown] id="hopf-predire"
# Quand w devient très lent, les deux courants s'approchent de ceux qui mènent
# l'équilibre aux genoux de la cubique, 0,2917 et 1,4583. Le repos se perd donc
# un peu **après** le genou.
#
# ### Prédire
#
# On monte le courant, doucement, de 0,30 à 0,36 ; puis on le redescend, tout
# aussi doucement. Le train cessera-t-il au courant même où il a commencé ?
# Répondez `"oui"`, `"plus haut"` ou `"plus bas"`.

# %% id="hopf-pronostic"
pronostic("02.e", le_train_cesse=None)

# %% [markdown] id="hopf-manipuler"
# ### Manipuler
#
# **Deux défis, à 1 % près.** Le paramètre I est sous votre main : tirez la
# cubique, ou servez-vous du curseur.
#
# - À quel courant le repos perd-il sa stabilité ? Surveillez ses valeurs
#   propres, et le médaillon trace–déterminant.
# - Le train installé, redescendez : à quel courant le **cycle** meurt-il ?
#   Gardez une trajectoire partie de loin, par exemple de (1 ; 0).

# %% id="hopf-explorer"
explore_phase_plane(fhn, "v", "w", ((-2.4, 2.4), (-1.2, 2.2)),
                    parameter="I", bounds={"I": (0, 0.6)})

# %% [markdown] id="hopf-defi-texte"
# ### Coder
#
# Notez vos deux lectures.

# %% id="hopf-defi" exercise="02.6" points=2
repos_perdu, cycle_mort = None, None
### BEGIN SOLUTION
repos_perdu, cycle_mort = 0.3313, 0.3242
### END SOLUTION
courants = {"repos_perdu": repos_perdu, "cycle_mort": cycle_mort}

# %% id="hopf-defi-verifier"
courants = exercise("02.6").check(courants)

# %% [markdown] id="hopf-diagramme-texte"
# ### Vérifier
#
# Faisons monter puis descendre le courant, et notons le plus haut et le plus
# bas de v une fois le mouvement installé. C'est un **diagramme de
# bifurcation**.

# %% id="hopf-diagramme"
def diagramme(nom, bornes):
    """Le repos (noir), et les extrêmes de v à la montée, à la descente."""
    d, traits = phase.bifurcations(fhn, "I", bornes), []
    for b in d.branches:
        for mot, tiret, ici in (("repos stable", "solid", b.stable),
                                ("instable", "dot", ~b.stable)):
            v = np.where(ici, b.state["v"], np.nan)
            traits.append(Line(b.values, v, mot, "ink", tiret))
    for s, couleur, forme in zip(d.cycles, ("vermillion", "blue"),
                                 ("triangle", "circle"), strict=True):
        for y, mot in ((s.low, s.direction), (s.high, "")):
            traits.append(Points(s.values, y["v"], mot, couleur, forme, 5))
    return d, Panel(nom, Axis("I", "", bornes), Axis(
        "v, repos et extrêmes", "", (-2.4, 2.4)), tuple(traits))

# %% id="hopf-diagramme-figure"
d, large = diagramme("large", (0.2, 1.6))
_, loupe = diagramme("loupe", (0.315, 0.345))
print("Hopf :", *(decimal(I, 5) for I in d.hopf))
print("fin du train :", *(decimal(I, 4) for I in d.cycle_ends))
comparer("02.e", le_train_cesse="plus bas")
draw(Scene(((large,), (loupe,)), widths=(1, 1), height=420), 10)

# %% [markdown] id="hopf-commentaire"
# *Figure :* v en fonction du courant ; à droite, à la loupe. Le repos est une
# courbe noire, pleine où il est stable, pointillée entre les deux
# bifurcations. De part et d'autre, deux rangées de points : le plus haut et le
# plus bas du cycle, d'emblée presque au plein de leur taille. À la loupe, les
# triangles orange de la montée restent sur le repos jusqu'à 0,331, puis
# sautent ; les ronds bleus de la descente tiennent le cycle jusque vers 0,325.
#
# Le train cesse **plus bas** qu'il n'a commencé, à 0,3242. Entre les deux, le
# neurone est **bistable** : le silence et le train sont stables tous les deux.
# Le cycle ne naît donc pas à la bifurcation de Hopf. Il existe déjà, plus bas,
# tout autour du repos encore stable ; entre les deux se cache un cycle
# **instable**, une frontière. À la Hopf, cette frontière se referme sur le
# repos, et l'étouffe : on la dit **sous-critique**. L'autre bout, vers 1,42,
# fait de même.

# %% [markdown] id="hopf-hh-texte"
# L'axone de Hodgkin et Huxley, avec ses quatre variables, fait-il autrement ?
# Personne ne peut dessiner son plan ; mais le calcul, lui, se moque du nombre
# de dimensions.

# %% id="hopf-hh"
d = phase.bifurcations(hh, "I", (0, 200))
print("Hopf :", *(quantity(I, "µA/cm²", 3) for I in d.hopf))
print("fin du train :", *(quantity(I, "µA/cm²", 3) for I in d.cycle_ends))

# %% [markdown] id="hopf-hh-commentaire"
# Même histoire, en plus ample. Le repos de l'axone perd sa stabilité à
# 9,78 µA/cm². Le train, lui, survit jusqu'à 6,26 : voilà l'énigme de la
# section 7 du TD01 résolue. Tout en haut, vers 155 µA/cm², le repos redevient
# stable : un courant trop fort bloque l'axone. Rinzel et Miller ont dressé ce
# diagramme en 1980, cycles instables compris [11].

# %% [markdown] id="hopf-expliquer" exercise="02.4x" manual=true points=1
# ### Expliquer
#
# Pourquoi les deux courants des défis diffèrent-ils ? Lequel des deux les
# valeurs propres du repos peuvent-elles prévoir ?
#
# ### BEGIN SOLUTION
# Les valeurs propres ne voient que le voisinage du repos : elles donnent le
# courant où il perd sa stabilité. Le cycle vit loin du repos et a sa propre
# fin, quand il rencontre le cycle instable qui l'en sépare. La Hopf étant
# sous-critique, cette fin vient plus bas ; entre les deux, les deux états sont
# stables.
# ### END SOLUTION

# %% [markdown] id="rebond-situation"
# ## 7. Tirer en retirant
#
# ### Situation
#
# Au TD01, l'axone tirait au sortir d'une hyperpolarisation, sans que rien ne
# lui soit injecté. h et n l'expliquaient. Il n'y a plus ici ni h ni n.
#
# ### Prédire
#
# FitzHugh et Nagumo, au repos. Un courant **négatif** tient un moment, puis
# cesse. L'impulsion part-elle encore, `"oui"` ou `"non"` ? Si oui, l'amplitude
# nécessaire, en valeur absolue, est-elle `"plus grande"` ou `"plus petite"` que
# celle d'un courant positif de même durée ?

# %% id="rebond-pronostic"
pronostic("02.f", tire=None, amplitude_négative=None)

# %% [markdown] id="rebond-manipuler"
# ### Manipuler
#
# **Un défi :** faites tirer ce neurone sans jamais passer au-dessus de I = 0.
# Donnez à l'impulsion de courant une force **négative**, réglez sa durée, puis
# pressez **Stimuler**. Où le repos se trouve-t-il quand I est négatif ? Et que
# devient ce point quand la cubique remonte d'un coup ?

# %% id="rebond-explorer"
explore_phase_plane(fhn, "v", "w", ((-2.4, 2.4), (-1.2, 2.2)))

# %% [markdown] id="rebond-coder"
# ### Coder
#
# Montez l'expérience. Le neurone part du repos. Le courant vaut `amplitude`,
# négatif, de t = 0 à t = `duree`, puis zéro. Simulez 100 unités de temps de
# plus. Rendez `True` si une impulsion est partie.

# %% id="rebond-fonction" exercise="02.7" points=2
def rebondit(amplitude, duree):
    """Une impulsion part-elle après un créneau de courant négatif ?"""
    ### BEGIN SOLUTION
    trace = fhn.simulate(duree + 100, I=pulse(amplitude, 0, duree))
    return len(trace.spikes) > 0
    ### END SOLUTION

# %% id="rebond-verifier"
rebondit = exercise("02.7").check(rebondit)

# %% [markdown] id="rebond-seuil-texte"
# ### Vérifier
#
# Pour chaque durée, cherchons la plus petite amplitude efficace, vers le bas
# puis vers le haut.

# %% id="rebond-seuil"
def plus_petite(signe, duree, haut=4.0):
    """Plus petite amplitude qui déclenche (NaN au-delà de haut)."""
    bas = 0.0
    if not rebondit(signe * haut, duree):
        return np.nan
    while haut - bas > 0.002:
        milieu = (bas + haut) / 2
        bas, haut = ((bas, milieu) if rebondit(signe * milieu, duree)
                     else (milieu, haut))
    return haut


durees = np.array([0.5, 1, 1.5, 2, 3, 4, 6, 8, 11, 15, 20, 30, 40])
seuils = {s: np.array([plus_petite(s, D) for D in durees]) for s in (1, -1)}

# %% id="rebond-figure"
aspect = {1: ("vers le haut", "blue", "circle"),
          -1: ("vers le bas, puis retiré", "vermillion", "square")}
traits = []
for s, (mot, couleur, forme) in aspect.items():
    traits += [Line(durees, seuils[s], "", couleur, "dash"),
               Points(durees, seuils[s], mot, couleur, forme, 7)]
comparer("02.f", tire="oui", amplitude_négative="plus grande")
print("pour un créneau de 40 unités :", decimal(seuils[1][-1], 3),
      "vers le haut,", decimal(seuils[-1][-1], 3), "vers le bas")
draw(Scene(((Panel("seuils", Axis("durée", "", (0, 41)), Axis(
    "plus petite amplitude", "", (0, 3)), tuple(traits)),),), height=340), 7)

# %% [markdown] id="rebond-commentaire"
# *Figure :* la plus petite amplitude efficace selon la durée du créneau. Deux
# courbes descendent puis s'aplatissent : celle du courant positif, ronds
# bleus, jusqu'à 0,14 ; celle du courant négatif, carrés orange, jusqu'à 0,28.
# Aux durées courtes, la seconde monte bien plus haut que la première.
#
# Creuser tire aussi. Pendant le creux, l'équilibre descend vers la gauche et
# vers le **bas** : w diminue, lentement. Quand le courant cesse, la cubique
# remonte d'un coup ; l'état se retrouve sous son genou, et n'a plus qu'une
# issue, vers la droite. C'est le **rebond anodal**. Il demande du temps,
# puisque w est lent : un creux bref doit être bien plus profond.

# %% [markdown] id="cote-situation"
# ## 8. Côte à côte
#
# ### Situation
#
# FitzHugh et Nagumo imitent-ils l'axone ? Comparons-les à courant faible,
# moyen et fort : 0, 5 et 10 µA/cm² pour l'un ; −0,25, 0,25 et 0,5, avec τ = 5,
# pour l'autre. Ce sont les réglages d'un mémoire [9, figures 15 à 17].
#
# ### Prédire
#
# Avec τ = 5, le repos est perdu de 0,389 à 1,361. Combien d'impulsions en 100
# unités, aux trois courants ?

# %% id="cote-pronostic"
pronostic("02.g", faible=None, moyen=None, fort=None)

# %% id="cote-figure"
colonnes, n = ([], []), []
for I_hh, I_fhn in ((0, -0.25), (5, 0.25), (10, 0.5)):
    axone = hh.simulate(100, I=I_hh)
    copie = fhn.simulate(100, I=I_fhn, tau=5, start={"v": 0, "w": 0})
    n.append(len(copie.spikes))
    for colonne, essai, x, y, titre, c in (
            (colonnes[0], axone, "V", Axis("V", "mV", (-85, 60)),
             f"axone, I = {I_hh} µA/cm²", "blue"),
            (colonnes[1], copie, "v", Axis("v", "", (-2.4, 2.4)),
             f"FHN, I = {short(I_fhn)}", "vermillion")):
        t = Axis("t", "ms" if x == "V" else "", (0, 100), shown=I_hh == 10)
        colonne.append(Panel(titre, t, y, (Line(essai.t, essai[x], "", c),),
                             title=titre))

# %% id="cote-dessin"
comparer("02.g", faible=n[0], moyen=n[1], fort=n[2])
draw(Scene(tuple(map(tuple, colonnes)), widths=(1, 1), height=560), 9.5)

# %% [markdown] id="cote-commentaire"
# *Figure :* six tracés sur 100 ms, ou 100 unités. À gauche l'axone, en mV ; à
# droite FitzHugh et Nagumo, partis de (0 ; 0). En haut, deux repos. Au milieu,
# une impulsion chacun, puis un retour qui ondule. En bas, deux trains : sept
# impulsions pour l'axone, cinq pour la copie.
#
# Silence, impulsion unique, train : les trois comportements y sont, dans le
# même ordre. La forme, non : les impulsions de l'axone sont des aiguilles,
# celles de la copie de larges vagues. On ne lira donc jamais une durée ni un
# seuil de l'axone sur FitzHugh et Nagumo. On y lira le **pourquoi**.

# %% [markdown] id="classe-situation"
# ## 9. Un vrai seuil
#
# ### Situation
#
# Au TD01, l'axone ne savait pas décharger au-dessous de 50 Hz. D'autres
# neurones le savent : on les dit de **classe 1** [10]. En 1981, Morris et
# Lecar décrivent une fibre musculaire de balane, un crustacé, avec un courant
# calcium immédiat et une porte potassium w [7]. Selon ses réglages [6], elle
# est de l'une ou de l'autre classe.

# %% id="classe-equations"
morris_lecar_class_1

# %% [markdown] id="classe-plan-texte"
# V est en mV ; w est la fraction ouverte des canaux potassium. Voici les deux
# plans, chacun un peu au-dessous du courant où il se met à décharger.

# %% id="classe-plan"
fenetre = ((-75, 45), (-0.05, 0.6))
un = portrait("classe 1", morris_lecar_class_1, fenetre, I=35)
deux = portrait("classe 2", morris_lecar_class_2, fenetre, I=85)
points = phase.fixed_points(morris_lecar_class_1, fenetre, I=35)
for p in points:
    print(f"V = {quantity(p['V'], 'mV')} : {p.words}")
col = points[1]
frontiere = [Line(*branche.T, "séparatrice" * (k == 0), "purple", "dot", 3)
             for k, branche in enumerate(phase.separatrix(
                 morris_lecar_class_1, col, fenetre, I=35))]
un = Panel(un.name, un.x, un.y, (*un.items, *frontiere), un.title)
draw(Scene(((un,), (deux,)), widths=(1, 1), height=420), 9.5)

# %% [markdown] id="classe-plan-commentaire"
# *Figure :* deux plans V–w. À gauche, classe 1, la nullcline de w longe l'axe
# puis monte, et coupe trois fois celle de V : un repos stable (rond plein), un
# **col** (croix) et un foyer instable (rond creux). Une courbe violette
# pointillée passe par le col. À droite, classe 2, un seul croisement.
#
# Le col change tout. Deux chemins y mènent, et deux seulement : la courbe
# violette, sa **séparatrice**. D'un côté, on revient au repos ; de l'autre, on
# fait le grand tour. Voici un seuil exact, et ce n'est pas une tension : c'est
# une courbe.

# %% [markdown] id="classe-seuil-texte"
# Reprenons la question de la section 5 : existe-t-il des impulsions à moitié ?
# On écarte V du repos, et on coupe l'intervalle en deux jusqu'au bout.

# %% id="classe-seuil"
repos = {x: float(points[0][x]) for x in "Vw"}


def plus_haut(ecart):
    """Le sommet de V (mV), après un écart de V depuis le repos."""
    depart = {**repos, "V": repos["V"] + ecart}
    return morris_lecar_class_1.simulate(
        400, dt=0.05, I=35, start=depart)["V"].max()

# %% id="classe-seuil-mesure"
bas, haut = 5.0, 40.0
for precision in (1e-3, 1e-6, 1e-9, 1e-12):
    while haut - bas > precision:
        milieu = (bas + haut) / 2
        bas, haut = ((bas, milieu) if plus_haut(milieu) > 0
                     else (milieu, haut))
    print(f"deux départs à {precision:.0e} mV l'un de l'autre : sommets à",
          quantity(plus_haut(bas), "mV"), "et à",
          quantity(plus_haut(haut), "mV"))

# %% [markdown] id="classe-seuil-commentaire"
# Aucune valeur intermédiaire : V s'arrête au col, vers −22 mV, ou monte à
# 29 mV. L'impulsion part tout entière, ou pas du tout. Plus on est près de la
# séparatrice, plus elle se fait **attendre**, puisque près du col presque rien
# ne bouge.
#
# ### Prédire
#
# Augmentez le courant : la nullcline de V monte, le repos et le col se
# rapprochent, se rejoignent et disparaissent. C'est un **col-nœud**. Juste au-delà, la
# place est libre, mais tout y est encore très lent. Que vaut alors le taux de
# décharge : voisin de zéro, ou déjà grand ? Et pour la classe 2 ? En Hz.

# %% id="classe-pronostic"
pronostic("02.h", plus_petit_taux_classe_1=None, plus_petit_taux_classe_2=None)

# %% id="classe-taux"
taux_de_decharge = exercise("01.5").recall()


def courbe(modele, I, **p):
    """Taux de décharge (Hz) à chaque courant, une fois le train installé."""
    T = budget(flash=8000, td=20000, complet=60000)
    trains = modele.simulate(T, dt=0.2, I=I, record=[], **p).spikes
    return np.array([taux_de_decharge(s[s > T / 3]) for s in trains])


I_c = phase.bifurcations(morris_lecar_class_1, "I", (30, 50),
                         cycles=False).saddle_nodes[-1]
print("col-nœud à", quantity(I_c, "µA/cm²", 4))

# %% id="classe-courbes"
d = np.concatenate([[-1, -0.1], np.geomspace(0.02, 6, 12)])
I_2 = np.arange(84, 100, 1)
r_1 = courbe(morris_lecar_class_1, I_c + d)
r_2 = courbe(morris_lecar_class_2, I_2)
comparer("02.h", plus_petit_taux_classe_1=r_1[r_1 > 0].min(),
         plus_petit_taux_classe_2=r_2[r_2 > 0].min())
taux = Axis("taux de décharge", "Hz", (-0.5, 14))
a = Panel("classe 1", Axis("I", "µA/cm²", (38.5, 46.5)), taux, (
    Points(I_c + d, r_1, "", "blue"),), title="classe 1")
b = Panel("classe 2", Axis("I", "µA/cm²", (84, 100)), taux, (
    Points(I_2, r_2, "", "vermillion", "square"),), title="classe 2")
draw(Scene(((a,), (b,)), widths=(1, 1), height=320), 9.5)

# %% id="classe-racine"
racine = np.polyfit(np.log(d[2:8]), np.log(r_1[2:8]), 1)[0]
print(f"classe 1 : taux ∝ (I − I_c) à la puissance {decimal(racine, 2)}")

# %% [markdown] id="classe-commentaire"
# *Figure :* le taux de décharge selon le courant. À gauche, classe 1 : il part
# de zéro à 39,96 µA/cm² et monte comme une racine. À droite, classe 2 : nul,
# puis d'un coup près de 9 Hz.
#
# L'exposant mesuré est voisin de ½ : près du col-nœud, le taux croît comme
# $\sqrt{I - I_c}$. On peut donc le rendre aussi petit qu'on veut. En classe 2,
# le cycle existe déjà, avec sa période : le taux saute.

# %% [markdown] id="classe-defi-texte"
# ### Manipuler
#
# **Un défi :** partez de la **classe 2** et faites-en une classe 1 en ne
# touchant qu'à un paramètre, V₄ : la largeur, en millivolts, sur laquelle le
# potassium s'ouvre. Elle vaut 30 mV. Regardez combien de fois les nullclines
# se coupent ; puis mesurez, ci-dessous, le taux juste au-dessus du seuil. Un
# col ne suffit pas.

# %% id="classe-explorer"
explore_phase_plane(morris_lecar_class_2.with_(I=35), "V", "w",
                    ((-75, 45), (-0.05, 0.7)), parameter="V4")

# %% id="classe-defi" exercise="02.8" points=2
largeur = None  # en mV
### BEGIN SOLUTION
largeur = 12
### END SOLUTION
V4 = largeur

# %% id="classe-defi-verifier"
V4 = exercise("02.8").check(V4)

# %% id="classe-defi-mesure"
I = np.arange(30, 70, 1)
r = courbe(morris_lecar_class_2, I, V4=float(V4))
premier = I[r > 0].min()
fin = premier - 1 + np.arange(0.05, 1.05, 0.05)
r = courbe(morris_lecar_class_2, fin, V4=float(V4))
print(f"V4 = {short(float(V4))} mV : le train commence vers",
      quantity(premier, "µA/cm²"), "; plus petit taux mesuré :",
      quantity(r[r > 0].min(), "Hz", 2))

# %% [markdown] id="classe-expliquer" exercise="02.5x" manual=true points=1
# ### Expliquer
#
# Les nullclines se coupent trois fois, et pourtant le taux peut sauter. Que
# faut-il de plus, pour la classe 1, que l'existence d'un col ?
#
# ### BEGIN SOLUTION
# Il faut que le repos disparaisse en rencontrant le col, et que le cycle passe
# par l'endroit où ils disparaissent : c'est là que l'état ralentit sans
# limite. Si le cycle existe déjà ailleurs, il a une période finie, et le taux
# saute.
# ### END SOLUTION

# %% [markdown] id="parabole-situation"
# ## 10. Une parabole suffit
#
# ### Situation
#
# Tout s'est décidé autour du genou gauche de la cubique. Le reste, la montée
# et la redescente de l'impulsion, est toujours pareil. Pourquoi le calculer ?
#
# ### Formaliser, sur le papier
#
# 1. Posez $v = -1 + x$ dans $v - v^3/3 + I$ et développez. Près du genou, x
#    est petit : quels termes garder ?
# 2. Cette parabole n'a qu'une branche qui monte. Où va v quand il la quitte ?
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# 1. $(-1+x) - (-1+x)^3/3 = -\tfrac23 + x^2 - \tfrac{x^3}{3}$. Il reste la
#    parabole $w = -\tfrac23 + (v+1)^2 + I$.
# 2. À l'infini, et en un temps fini. Il faut donc une règle : au-delà d'un
#    sommet convenu, on coupe l'impulsion et on remet v et w où elle les aurait
#    laissés.
#
# </details>

# %% id="parabole-figure"
v = np.linspace(-2.4, 2.4, 300)
genou = (v > -2.2) & (v < 0.55)
g = Panel("genou", Axis("v", "", (-2.4, 2.4)), Axis("w", "", (-1.2, 1.2)), (
    Line(v, v - v**3 / 3, "la cubique", "vermillion", "dash", 2.5),
    Line(v[genou], -2 / 3 + (v[genou] + 1)**2, "la parabole", "purple",
         width=2.5)), title="FitzHugh et Nagumo")
iz = IZHIKEVICH["regular_spiking"]
essai = iz.simulate(200, I=10)
v, u = (np.where(np.roll(np.diff(essai["v"], append=0) < -30, 1), np.nan,
                 essai[x]) for x in "vu")
d = portrait("Izhikevich", iz, ((-85, 35), (-22, 12)), [(v, u)], I=10)
remise = (Mark(x=-65), Mark(-64, 10, "remise à c"), Mark(x=30),
          Mark(13, 10, "coupe à 30"))
d = Panel(d.name, d.x, d.y, (*d.items, *remise), d.title)
draw(Scene(((g,), (d,)), widths=(1, 1), height=400), 9.5)

# %% [markdown] id="parabole-formaliser"
# *Figure :* à gauche, la cubique orange tiretée, et une parabole violette qui
# l'épouse au genou gauche. À droite, le plan d'Izhikevich sous I = 10 : une
# parabole orange, une droite bleue qui ne la touche pas. Une trajectoire noire
# file à droite jusqu'à v = 30 ; elle repart de la verticale v = −65, plus
# haut, à chaque fois.
#
# ### Formaliser
#
# Izhikevich choisit les coefficients pour que v soit en millivolts et t en
# millisecondes [3] :
#
# $$\frac{dv}{dt} = 0{,}04\,v^2 + 5\,v + 140 - u + I \qquad
# \frac{du}{dt} = a\,(b\,v - u)$$
#
# $$\text{si } v \ge 30 : \quad v \leftarrow c, \quad u \leftarrow u + d$$
#
# - $u$, $I$ et $d$ sont en mV/ms ; $a$ et $b$ en ms⁻¹ ; $c$ en mV ;
# - $a$ dit si u est rapide, $b$ s'il suit v de près ;
# - $c$ et $d$ disent ce qu'une impulsion laisse derrière elle.

# %% [markdown] id="parabole-papier"
# ### Formaliser, sur le papier
#
# Deux accidents peuvent supprimer le repos. Trouvez le courant de chacun.
#
# 1. **Col-nœud.** La droite $u = b\,v$ touche la parabole, et le repos
#    rencontre le col.
# 2. **Hopf.** Écrivez la jacobienne, et annulez sa trace.
# 3. Lequel arrive en premier quand I croît, si $b > a$ ?
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# 1. $0{,}04\,v^2 + (5-b)\,v + 140 + I = 0$ a une racine double quand
#    $(5-b)^2 = 0{,}16\,(140+I)$.
# 2. $J = \begin{pmatrix} 0{,}08\,v + 5 & -1 \\ ab & -a \end{pmatrix}$. La
#    trace s'annule en $v = (a-5)/0{,}08$, où $I = bv - (0{,}04v^2+5v+140)$.
# 3. Au col-nœud, le déterminant $a\,(b - 0{,}08\,v - 5)$ s'annule : $v =
#    (b-5)/0{,}08$, plus à droite si $b > a$. La Hopf arrive donc d'abord.
#
# </details>

# %% [markdown] id="parabole-coder"
# ### Coder
#
# Rendez les deux courants : celui de la Hopf, puis celui du col-nœud.

# %% id="parabole-fonction" exercise="02.9" points=2
def deux_pertes(a, b):
    """(I de la Hopf, I du col-nœud), en mV/ms ; a et b en 1/ms."""
    ### BEGIN SOLUTION
    v = (a - 5) / 0.08
    hopf = b * v - (0.04 * v**2 + 5 * v + 140)
    return hopf, (5 - b)**2 / 0.16 - 140
    ### END SOLUTION

# %% id="parabole-verifier"
deux_pertes = exercise("02.9").check(deux_pertes)

# %% [markdown] id="parabole-predire"
# ### Prédire
#
# On dit souvent que le neurone « régulier » d'Izhikevich (a = 0,02, b = 0,2)
# est de classe 1, puisqu'il a un col-nœud. D'après vos deux courants, son
# taux part-il de zéro, `"oui"` ou `"non"` ?

# %% id="parabole-pronostic"
pronostic("02.i", part_de_zéro=None)

# %% id="parabole-verifier-classe"
for a, b in ((0.02, 0.2), (0.1, 0.2), (0.02, 0.25), (0.1, 0.26)):
    H, C = deux_pertes(a, b)
    print(f"a = {short(a)}, b = {short(b)} : Hopf à {decimal(H, 4)},",
          f"col-nœud à {decimal(C, 4)}")
taux_de_decharge = exercise("01.5").recall()
I = np.arange(3.6, 4.1, 0.02)
trains = iz.simulate(4000, dt=0.05, I=I, record=[]).spikes
r = np.array([taux_de_decharge(s[s > 1000]) for s in trains])
print("plus petit taux du neurone régulier :",
      quantity(r[r > 0].min(), "Hz"), "à I =", decimal(I[r > 0].min(), 2))
comparer("02.i", part_de_zéro="non")

# %% [markdown] id="parabole-commentaire"
# Le repos est perdu à la Hopf, 3,7975, avant que le col-nœud de I = 4 n'ait
# lieu : ce neurone-là est de classe 2, et son taux saute à 5 Hz. Le train
# existe même un peu au-dessous de la Hopf, à 3,78 : il est bistable, lui aussi.
# Tous les réglages qui suivent ont b > a : aucun n'est de classe 1.
#
# ### Manipuler
#
# Lancez quelques trajectoires, et observez les sauts. Où l'état retombe-t-il
# après une impulsion, par rapport à la parabole ? Déplacez c, puis d.

# %% id="parabole-explorer"
explore_phase_plane(iz.with_(I=10), "v", "u", ((-85, 35), (-22, 12)),
                    parameter="c")

# %% [markdown] id="huit-situation"
# ## 11. Huit caractères
#
# ### Situation
#
# Quatre nombres, a, b, c et d. En les changeant, Izhikevich imite les
# décharges qu'on enregistre dans le cortex et le thalamus [3] :
#
# | caractère | nom anglais | a | b | c | d | I | départ v |
# |:---|:---|---:|---:|---:|---:|---:|---:|
# | régulier | *regular spiking* | 0,02 | 0,2 | −65 | 8 | 15 | −65 |
# | à bouffée initiale | *intrinsically bursting* | 0,02 | 0,2 | −55 | 4 | 10 | −65 |
# | à bouffées répétées | *chattering* | 0,02 | 0,2 | −50 | 2 | 10 | −65 |
# | rapide | *fast spiking* | 0,1 | 0,2 | −65 | 2 | 10 | −65 |
# | à seuil bas | *low-threshold spiking* | 0,02 | 0,25 | −65 | 2 | 15 | −65 |
# | résonateur | *resonator* | 0,1 | 0,26 | −65 | 8 | −0,0488 | −65 |
# | thalamique 1 | *thalamo-cortical* | 0,02 | 0,25 | −65 | 0,05 | 1 | −65 |
# | thalamique 2 | *thalamo-cortical* | 0,02 | 0,25 | −65 | 0,05 | 1 | −90 |
#
# Partout, u part de b v. Ce sont les réglages des figures 20 à 27 d'un mémoire
# [9].

# %% [markdown] id="huit-predire"
# ### Prédire
#
# Du régulier au neurone à bouffées répétées, c'est surtout la remise qui
# change : on retombe plus près du seuil, −50 au lieu de −65, et chaque
# impulsion freine moins, 2 au lieu de 8. Combien d'impulsions dans la première bouffée ?

# %% id="huit-pronostic"
pronostic("02.j", première_bouffée=None)

# %% id="huit-figure"
noms = {"regular_spiking": "régulier", "fast_spiking": "rapide",
        "intrinsically_bursting": "à bouffée initiale",
        "low_threshold_spiking": "à seuil bas",
        "chattering": "à bouffées répétées", "resonator": "résonateur",
        "thalamo_cortical": "thalamique 1",
        "thalamo_cortical_rebound": "thalamique 2"}
colonnes, essais = ([], []), {}
for k, (nom, mot) in enumerate(noms.items()):
    essais[nom] = e = IZHIKEVICH[nom].simulate(100)
    n = f"{mot} : {count(len(e.spikes), 'impulsion', 'impulsions')}"
    colonnes[k % 2].append(Panel(mot, Axis("t", "ms", (0, 100), shown=k > 5),
                                 Axis("v", "mV", (-95, 40)), (
        Line(e.t, e["v"], "", "blue", width=1.2),), title=n))
draw(Scene(tuple(map(tuple, colonnes)), widths=(1, 1), height=760), 9.5)

# %% id="huit-bouffee"
intervalles = np.diff(essais["chattering"].spikes)
comparer("02.j", première_bouffée=1 + int((intervalles > 15).argmax()))
for nom, mot in noms.items():
    fin = np.diff(IZHIKEVICH[nom].simulate(1000, record=[]).spikes)[-5:]
    print(f"{mot} : derniers intervalles (ms)",
          *(decimal(x) for x in fin) if len(fin) else ("aucun",))

# %% [markdown] id="huit-commentaire"
# *Figure :* huit potentiels pendant 100 ms. Le régulier se hâte puis
# s'espace ; le rapide ne se fatigue pas. Deux neurones commencent par une
# bouffée, serrée ; l'un la répète, l'autre non. Celui à seuil bas ralentit peu
# à peu. Le résonateur ondule sans tirer. Le premier thalamique tire lentement ;
# le second, parti de −90 mV, donne d'abord une longue bouffée.
#
# Pourquoi sept ? Comptez. Sous I = 10, la parabole passe en v = −50 à la
# hauteur 0,04 × 2500 − 250 + 140 + 10 = 0. Tant que u est négatif, v retombe
# donc **sous** la parabole, et repart aussitôt. u part de −13, et chaque
# impulsion l'élève de 2 : à la septième il passe au-dessus de zéro, v se met à
# descendre, et la bouffée est finie.
#
# Le second thalamique est un rebond : parti de −90 mV, u est très bas.

# %% [markdown] id="huit-corrections"
# **Trois corrections à la source.** Refaire les calculs d'un autre, c'est
# aussi les vérifier.
#
# - Le programme du mémoire donne le départ −90 au résonateur ; ses légendes le
#   donnent au second thalamique. Ce sont les légendes qui font le rebond.
# - Son résonateur a d = 8. Izhikevich donne d = 2 [3]. Tant que le neurone ne
#   tire pas, d ne sert à rien : la figure n'en souffre pas.
# - Son courant a quatre décimales, −0,0488. Pourquoi tant de précision ?
#   Essayons −0,04, que le programme emploie aussi.

# %% id="huit-fil"
resonateur = IZHIKEVICH["resonator"]
for I in (-0.0488, -0.04):
    n = {dt: len(resonateur.simulate(200, dt=dt, method=m, I=I).spikes)
         for dt, m in ((0.01, "rk4"), (0.1, "euler"))}
    print(f"I = {short(I)}, impulsions : {n[0.01]} ;",
          f"avec un pas d'Euler de 0,1 ms : {n[0.1]}")
haut = resonateur.simulate(200, start={"v": -90, "u": 0.26 * -90})
print("départ à −90 mV, impulsions :", len(haut.spikes))

# %% [markdown] id="huit-fil-commentaire"
# Le départ, v = −65, est posé presque sur la séparatrice du col. Un centième
# de courant en plus, ou un pas de calcul trop long, et le résonateur tire.
# Pour montrer une résonance, mieux vaut la chercher. Au repos, son foyer
# tourne en 41 ms. Donnons-lui deux chocs trop faibles pour tirer seuls.

# %% id="huit-resonance"
resonateur = IZHIKEVICH["2003_resonator"]
foyer = phase.fixed_points(resonateur, ((-70, -60), (-20, -12)))[0]
print(f"{foyer.words}, période",
      quantity(2 * np.pi / abs(foyer.eigenvalues[0].imag), "ms"))
un = len(resonateur.simulate(150, I=pulse(1.2, 20, 2)).spikes)
print("impulsions, un seul choc :", un)
for delai in (10, 20, 30, 40, 50, 60):
    I = pulse(1.2, 20, 2) + pulse(1.2, 20 + delai, 2)
    n = len(resonateur.simulate(200, I=I).spikes)
    print(f"impulsions, deux chocs à {delai} ms d'intervalle : {n}")

# %% [markdown] id="huit-resonance-commentaire"
# À 40 ms, une période, le second choc arrive dans le bon sens, et le neurone
# tire. À 20 ms, une demi-période, il arrive à contretemps. À 10 ms, les deux
# chocs n'en font qu'un. Ce neurone ne répond pas à une force, mais à un
# **rythme** : c'est ce que veut dire foyer.

# %% [markdown] id="prix-situation"
# ## 12. Le prix du réalisme
#
# ### Situation
#
# Cinq modèles, du plus chimique au plus dépouillé. Que coûtent-ils, et que
# paie-t-on ? Comptons d'abord, dans le texte de chacun, les opérations que
# demande un seul calcul des dérivées.

# %% id="prix-compter"
import ast


def lignes(modele):
    """nom -> les nœuds de l'arbre de la formule à droite du signe égal."""
    paires = (x.partition("=") for x in modele.text.splitlines() if "=" in x)
    return {nom.strip(): list(ast.walk(ast.parse(
        droite.partition(":")[0].strip()))) for nom, _, droite in paires}

# %% id="prix-operations"
def operations(modele):
    """(opérations, exponentielles et semblables) d'un calcul des dérivées."""
    droite, utiles = lignes(modele), [f"d{x}/dt" for x in modele.variables]
    for nom in utiles:  # la liste s'allonge pendant qu'on la lit
        utiles += {x.id for x in droite[nom] if isinstance(x, ast.Name)
                   and x.id in droite and x.id not in utiles}
    noeuds = [x for nom in utiles for x in droite[nom]]
    appels = sum(isinstance(x, ast.Call) for x in noeuds)
    return (sum(isinstance(x, ast.BinOp | ast.USub) for x in noeuds)
            + appels, appels)

# %% [markdown] id="prix-predire"
# ### Prédire
#
# Combien de fois moins d'opérations Izhikevich demande-t-il que Hodgkin et
# Huxley ? Et combien de fois moins de **temps**, à précision égale ?

# %% id="prix-pronostic"
pronostic("02.k", rapport_des_opérations=None, rapport_des_temps=None)

# %% [markdown] id="prix-pas-texte"
# Le temps dépend aussi du pas. Cherchons, pour chaque modèle, le plus long
# pas qui garde le taux de décharge juste à 1 %, puis chronométrons.

# %% id="prix-mesurer"
def plus_long_pas(modele, T=400, **p):
    """Plus long dt (ms) qui donne le bon taux, à 1 % près."""
    def taux(dt):
        s = modele.simulate(T, dt=dt, record=[], **p).spikes
        return 1000 / np.diff(s[s > T / 4]).mean() if len(s) > 3 else np.nan
    vrai, dernier = taux(0.005), 0.01
    for dt in (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2):
        try:
            if not abs(taux(dt) / vrai - 1) < 0.01:
                break
        except SimulationError:  # le pas trop long fait exploser le calcul
            break
        dernier = dt
    return dernier

# %% id="prix-chronometre"
from time import perf_counter


def duree(modele, dt, T=5000, **p):
    """Millisecondes de calcul par seconde simulée (la meilleure de 3)."""
    def une():
        debut = perf_counter()
        modele.simulate(T, dt=dt, record=[], **p)
        return 1000 * (perf_counter() - debut) / (T / 1000)
    return min(une() for _ in range(3))

# %% id="prix-table"
modeles = {"Hodgkin-Huxley": (hh, {"I": 10}),
           "axone réduit": (hh_reduit, {"I": 10}),
           "Morris-Lecar": (morris_lecar_class_1, {"I": 60}),
           "FitzHugh-Nagumo": (fhn, {"I": 0.5}),
           "Izhikevich": (IZHIKEVICH["regular_spiking"], {})}
ops, temps = {}, {}
for nom, (modele, p) in modeles.items():
    dt = plus_long_pas(modele, **p)
    n, e = operations(modele)
    ops[nom], temps[nom] = n, duree(modele, dt, **p)
    print(f"{nom} : {n} opérations, dont {e} exponentielles ; dt =",
          quantity(dt, "ms", 2), ";", quantity(temps[nom], "ms", 2), "par s")
a, b = "Hodgkin-Huxley", "Izhikevich"
comparer("02.k", rapport_des_opérations=ops[a] / ops[b],
         rapport_des_temps=temps[a] / temps[b])

# %% [markdown] id="prix-commentaire"
# (Pour FitzHugh et Nagumo, une unité de temps compte pour une milliseconde :
# c'est une convention.)
#
# L'essentiel du prix, ce sont les exponentielles et le pas. L'axone réclame
# un pas court : ses canaux ouverts vont vite. Les modèles où rien
# n'est si rapide s'accommodent d'un pas plus long, et y gagnent une seconde
# fois.
#
# Reste à ne pas tricher sur le pas. Le programme publié avec le modèle
# d'Izhikevich avance de 1 ms, v en deux demi-pas d'Euler [3]. Comparons-le aux
# mêmes équations, bien résolues.

# %% id="prix-publie"
def programme_de_2003(m, T=1000):
    """Nombre d'impulsions en T ms, avec le schéma publié."""
    a, b, c, d, I = (m.parameters[x] for x in "abcdI")
    v, u, n = m.init["v"], m.init["u"], 0
    for _ in range(T):
        if v >= 30:
            v, u, n = c, u + d, n + 1
        for _ in range(2):
            v += 0.5 * (0.04 * v**2 + 5 * v + 140 - u + I)
        u += a * (b * v - u)
    return n

# %% id="prix-publie-mesure"
for nom, mot in (("regular_spiking", "régulier"), ("fast_spiking", "rapide"),
                 ("chattering", "à bouffées répétées"),
                 ("low_threshold_spiking", "à seuil bas")):
    m = IZHIKEVICH[nom]
    ici = [len(m.simulate(1000, dt=dt, record=[]).spikes)
           for dt in (0.01, 0.005, 1)]
    print(f"{mot}, impulsions en 1 s : {programme_de_2003(m)} avec le schéma",
          f"publié ; {ici[0]} avec dt = 0,01 ms, {ici[1]} avec dt/2 ;",
          f"{ici[2]} avec RK4 et dt = 1 ms")

# %% [markdown] id="prix-realisme"
# Le neurone rapide perd plus de la moitié de ses impulsions, et rien ne
# l'annonce. Le pas n'est pas seul en cause : avec le même, RK4, qui place
# l'instant de chaque impulsion **dans** le pas, trouve le bon compte. Un
# modèle bon marché ne l'est que bien résolu.
#
# Voici ce que chacun reproduit, d'après ce TD et le précédent :
#
# | | impulsion, train | bistabilité | rebond | classe 1 | bouffées | courants ioniques |
# |:---|:---:|:---:|:---:|:---:|:---:|:---:|
# | Hodgkin-Huxley | oui | oui | oui | non | non | oui |
# | FitzHugh-Nagumo | oui | oui | oui | non | non | non |
# | Morris-Lecar | oui | — | — | selon V₃, V₄ | non | deux |
# | Izhikevich | oui | oui | oui | non | oui | non |
#
# Un tiret : nous ne l'avons pas mesuré. « Non » vaut pour les réglages de ce
# cours. Le plan, sans remise à zéro, interdit les bouffées : une trajectoire
# qui ne peut pas se croiser ne peut pas alterner train et silence.

# %% [markdown] id="prix-expliquer" exercise="02.6x" manual=true points=1
# ### Expliquer
#
# Quel modèle choisiriez-vous pour étudier l'effet d'un poison des canaux
# sodium ? Pour un réseau de cent mille neurones ? Pour expliquer à un ami
# pourquoi un neurone se met à battre ? Une phrase pour chacun.
#
# ### BEGIN SOLUTION
# Le poison : Hodgkin-Huxley, le seul où le canal sodium figure. Le réseau :
# Izhikevich, quelques opérations par pas, et des décharges variées. L'ami :
# FitzHugh-Nagumo, une cubique et une droite qu'on dessine sur une nappe.
# ### END SOLUTION

# %% [markdown] id="bilan"
# ## Bilan
#
# Vous savez ramener un neurone à deux courbes, et lire sur leur croisement ce
# qu'il fera. Vous savez calculer le courant où il perd son repos, et dire
# pourquoi son train ne s'éteint pas au même endroit. Vous savez qu'un seuil
# est une courbe, quand il existe, et ce qu'un modèle coûte. Pour relire tout
# cela autrement, voyez [5] et [8].
#
# **La figure à savoir dessiner de mémoire :** une cubique, une droite, et
# quatre flèches. À gauche du genou, un repos ; faites monter la cubique, et
# tracez le tour que fait l'état quand le repos ne le retient plus.

# %% [markdown] id="musee-situation"
# ## Musée des erreurs
#
# **Pièce n° 2. Le neurone qui bat tout seul.** Ce programme simule FitzHugh et
# Nagumo à I = 0,32, avec le pas d'Euler du TD01. Il tourne, sa courbe est
# belle, sa période plausible. Il est faux.

# %% id="musee-piece"
pas_euler = exercise("01.8").recall()


def essai(dt, I=0.32, T=400, depart=(-1.2, -0.62)):
    """Les instants, et v à chaque instant, par votre pas d'Euler."""
    def derivees(etat):
        v, w = etat
        return np.array([v - v**3 / 3 - w + I, (v + 0.7 - 0.8 * w) / 12.5])
    etats = [np.array(depart)]
    for _ in range(round(T / dt)):
        etats.append(np.array(pas_euler(etats[-1], dt, derivees)))
    return dt * np.arange(len(etats)), np.array(etats)[:, 0]

# %% id="musee-figure"
t, v = essai(0.5)
draw(Scene(((Panel("musée", Axis("t", "", (0, 400)), Axis(
    "v", "", (-2.5, 2.5)), (Line(t, v, "dt = 0,5", "vermillion"),)),),),
    height=260), 8)

# %% [markdown] id="musee-trouver"
# *Figure :* v pendant 400 unités de temps. Neuf impulsions régulières et
# lisses, entre −2 et 2 environ.
#
# **Trouver.** La section 6 place la perte du repos à I = 0,331, et la mort du
# cycle à 0,324. À 0,32, ce neurone ne devrait donc tirer qu'une fois, au plus,
# puis se taire. Lequel des deux ment, la théorie ou le programme ? Essayez un
# autre pas avant de répondre.
#
# **Expliquer, sur le papier.** Près du point fixe, un petit écart suit
# $e^{\lambda t}$. Un pas d'Euler le multiplie par $1 + dt\,\lambda$. Quand un
# foyer stable, $\lambda = \alpha \pm i\omega$ avec $\alpha < 0$, devient-il
# instable **pour le programme** ?
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# Quand $|1 + dt\,\lambda| > 1$. Or $|1 + dt\,\lambda|^2 = 1 + 2\alpha\,dt +
# (\alpha^2 + \omega^2)\,dt^2 = 1 + T\,dt + D\,dt^2$, puisque $2\alpha = T$ et
# $\alpha^2+\omega^2 = D$. L'écart grandit dès que $dt > -T/D$. Plus le foyer
# est faiblement amorti, plus le pas doit être court.
#
# </details>

# %% [markdown] id="musee-reparer"
# **Réparer.** Rendez le plus long pas qui garde stable un foyer stable.

# %% id="musee-fonction" exercise="02.10" points=2
def pas_maximal(trace, determinant):
    """Plus long dt d'Euler ; trace < 0 et trace² < 4 determinant."""
    ### BEGIN SOLUTION
    return -trace / determinant
    ### END SOLUTION

# %% id="musee-verifier"
pas_maximal = exercise("02.10").check(pas_maximal)

# %% [markdown] id="musee-prouver-texte"
# **Prouver.** Calculons ce pas à I = 0,32, puis partons tout près du repos :
# un dixième de moins, et l'écart doit s'éteindre ; un dixième de plus, et il
# doit grandir.

# %% id="musee-prouver"
f = phase.fixed_points(fhn, ((-3, 3), (-3, 3)), I=0.32)[0]
limite = pas_maximal(f.trace, f.determinant)
print(f"{f.words}, trace {decimal(f.trace, 4)} ; limite : dt =",
      decimal(limite, 3))
for dt in (0.5, 1.1 * limite, 0.9 * limite, 0.1):
    t, v = essai(dt, T=6000, depart=(f["v"] + 0.01, f["w"]))
    fin = np.ptp(v[t > 5800])
    print(f"dt = {decimal(dt, 3)} : écart de départ 0,01 ;",
          f"oscillation finale {decimal(fin, 5)}")

# %% [markdown] id="musee-commentaire"
# Le programme de la pièce prend dt = 0,5, au-delà de la limite : il fabrique
# un cycle que les équations n'ont pas. Sa période compte pourtant près de cent
# points, et la courbe est lisse. Un pas peut donc être assez court pour **voir**
# une impulsion, et trop long pour **juger** d'un repos.

# %% [markdown] id="musee-expliquer" exercise="02.7x" manual=true points=1
# **Expliquer.** Avec dt = 0,5, à quel courant ce programme placerait-il la
# perte du repos : au-dessus ou au-dessous de 0,331 ? Pourquoi un diagramme de
# bifurcation est-il la pire chose à tracer avec Euler ?
#
# ### BEGIN SOLUTION
# Au-dessous : près de la bifurcation, la trace tend vers zéro, et −T/D aussi.
# Il y a donc toujours une plage de courants, juste avant la Hopf, où le pas
# dépasse la limite et où le programme voit un repos instable. C'est justement
# là que le diagramme regarde.
# ### END SOLUTION

# %% [markdown] id="plus-loin"
# ## Pour aller plus loin
#
# - **L'explosion.** Entre I = 0,324 et 0,34, avec un τ de 12,5 puis de 50,
#   suivez la taille du cycle le plus finement possible. Naît-il petit ou
#   grand ? Sur quelle plage de courants passe-t-il de l'un à l'autre ?
#   Comparez avec la théorie des canards [12, 13].
# - **Un Izhikevich de classe 1.** Tous les réglages de ce TD ont b > a. Prenez
#   b < a, éventuellement négatif : quelle bifurcation supprime alors le repos ?
#   Le taux part-il de zéro ? Izhikevich en propose un, avec une autre parabole
#   [4] ; y faut-il vraiment la changer ?

# %% [markdown] id="references"
# ## Références
#
# 1. R. FitzHugh, « Impulses and physiological states in theoretical models of
#    nerve membrane », *Biophys. J.* 1 (1961) 445-466.
# 2. J. Nagumo, S. Arimoto, S. Yoshizawa, « An active pulse transmission line
#    simulating nerve axon », *Proc. IRE* 50 (1962) 2061-2070.
# 3. E. M. Izhikevich, « Simple model of spiking neurons », *IEEE Trans. Neural
#    Networks* 14 (2003) 1569-1572.
# 4. E. M. Izhikevich, « Which model to use for cortical spiking neurons ? »,
#    *IEEE Trans. Neural Networks* 15 (2004) 1063-1070.
# 5. E. M. Izhikevich, *Dynamical Systems in Neuroscience*, MIT Press, 2007.
# 6. J. Rinzel, G. B. Ermentrout, « Analysis of neural excitability and
#    oscillations », dans C. Koch et I. Segev (dir.), *Methods in Neuronal
#    Modeling*, 2ᵉ éd., MIT Press, 1998.
# 7. C. Morris, H. Lecar, « Voltage oscillations in the barnacle giant muscle
#    fiber », *Biophys. J.* 35 (1981) 193-213.
# 8. W. Gerstner, W. M. Kistler, R. Naud, L. Paninski, *Neuronal Dynamics*,
#    Cambridge University Press, 2014, chapitre 4 (neuronaldynamics.epfl.ch).
# 9. A. Granier, *Modélisation mathématique et informatique de neurones*,
#    mémoire, 2018, partie I.3.
# 10. A. L. Hodgkin, « The local electric changes associated with repetitive
#     action in a non-medullated axon », *J. Physiol.* 107 (1948) 165-181.
# 11. J. Rinzel, R. N. Miller, « Numerical calculation of stable and unstable
#     periodic solutions to the Hodgkin-Huxley equations », *Math. Biosci.* 49
#     (1980) 27-59.
# 12. E. Benoît, J.-L. Callot, F. Diener, M. Diener, « Chasse au canard »,
#     *Collect. Math.* 32 (1981) 37-119.
# 13. M. Krupa, P. Szmolyan, « Relaxation oscillation and canard explosion »,
#     *J. Differential Equations* 174 (2001) 312-368.
