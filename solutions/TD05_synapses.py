# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] id="titre"
# # TD05 — Synapses et petits réseaux
#
# Une impulsion dure une milliseconde. Ce qu'elle laisse derrière elle dure
# cent fois plus. Dans deux heures, vingt neurones se répondront par leurs
# synapses, et vous saurez dire pourquoi ils ne se taisent plus.
#
# > **Objectifs.** À la fin, vous saurez :
# > - écrire ce qu'une impulsion ouvre, exponentielle ou fonction alpha, et
# >   dire d'où viennent ces deux formes ;
# > - sommer un train d'impulsions de deux façons, et mesurer ce que coûte
# >   chacune ;
# > - passer du courant au potentiel post-synaptique, excitateur ou
# >   inhibiteur ;
# > - distinguer un courant d'une conductance, et reconnaître une inhibition
# >   qui ne déplace rien ;
# > - estimer une probabilité de libération à partir des seules réponses ;
# > - construire un réseau, le faire tourner, et démêler une erreur d'unité.
# >
# > **Prérequis.** Le TD00 : dérivée, pas de temps. Le TD03 : la membrane qui
# > fuit, le modèle d'Izhikevich.
# >
# > **Durée.** Deux heures. Si le temps presse, gardez les sections 6 et 7
# > pour chez vous.
# >
# > **Matériel repris.** Aucune fonction : tout ce qui sert ici, vous l'écrivez
# > ici.

# %% [markdown] id="simplifications"
# > **Ce que ces modèles simplifient.**
# > - *Une synapse sans mémoire.* La dixième impulsion fait autant que la
# >   première. Les vraies synapses se fatiguent ou s'échauffent.
# > - *Un neurone sans dendrite.* La synapse est posée sur le corps cellulaire.
# > - *Une libération certaine*, sauf dans la section 7.
# > - *Un délai fixe.* Il résume l'axone, la fente et la dendrite.

# %% [markdown] id="preparation-texte"
# Exécutez d'abord les trois cellules suivantes. Ensuite, chaque section peut
# se faire seule : quand elle a besoin d'une de vos fonctions, elle va la
# rechercher.

# %% id="preparation"
# %matplotlib inline
from time import perf_counter

import numpy as np

from course.exercises import comparer, exercise, pronostic
from course.inputs import step
from course.network import Network
from course.neurons import izhikevich
from course.plot.french import decimal, quantity, short
from course.plot.mpl import draw
from course.plot.scene import Axis, Line, Mark, Panel, Raster, Scene
from course.profile import budget, profile
from course.synapses import Alpha, Exponential
from course.widgets import explore_synapse

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

# %% id="preparation-duree"
attente = budget(flash="5 s", td="10 s", complet="30 s")
print(f"Profil « {profile()} » : aucun calcul ne dépasse {attente}.")

# %% [markdown] id="noyau-situation"
# ## 1. Ce que laisse une impulsion
#
# ### Situation
#
# Une impulsion arrive au bout de l'axone. Des vésicules s'ouvrent, le
# neurotransmetteur traverse la fente, des canaux s'ouvrent sur le neurone
# d'en face. Puis ils se referment, un à un.
#
# On appelle **noyau** K(t) la part des canaux encore ouverts t millisecondes
# après l'arrivée. Deux formes reviennent sans cesse [1, 2] :
#
# $$K(t) = e^{-t/\tau} \qquad\qquad
# K(t) = \frac{t}{\tau_{pic}}\;e^{\,1 - t/\tau_{pic}}$$
#
# La première, l'**exponentielle**, convient aux synapses AMPA, excitatrices et
# rapides. La seconde, la **fonction alpha**, décrit mieux les synapses GABA_A,
# inhibitrices. Les deux valent 0 pour t < 0 ; τ et τ_pic sont en ms.
#
# ### Prédire
#
# Prenons τ = τ_pic = 10 ms. Les deux noyaux ont un sommet de 1. À quel instant
# chacun l'atteint-il ? Et lequel a la plus grande aire, `"exponentielle"`,
# `"alpha"` ou `"égales"` ?

# %% id="noyau-pronostic"
pronostic("05.a", sommet_exp=None, sommet_alpha=None, plus_grande_aire=None)

# %% [markdown] id="noyau-coder"
# ### Coder
#
# Écrivez le premier. t est un tableau, qui contient aussi des instants
# d'avant l'impulsion.

# %% id="noyau-fonction" exercise="05.1" points=1
def noyau_exp(t, tau):
    """Noyau exponentiel ; t et tau en ms, nul pour t < 0."""
    ### BEGIN SOLUTION
    return np.where(t >= 0, np.exp(-np.maximum(t, 0) / tau), 0.0)
    ### END SOLUTION

# %% id="noyau-verifier"
noyau_exp = exercise("05.1").check(noyau_exp)

# %% [markdown] id="alpha-coder"
# Et le second.

# %% id="alpha-fonction" exercise="05.2" points=1
def noyau_alpha(t, tau_pic):
    """Fonction alpha, de sommet 1 en tau_pic ; nulle pour t < 0."""
    ### BEGIN SOLUTION
    x = np.maximum(t, 0) / tau_pic
    return x * np.exp(1 - x)
    ### END SOLUTION

# %% id="alpha-verifier"
noyau_alpha = exercise("05.2").check(noyau_alpha)

# %% id="noyau-figure"
t = np.arange(-20, 200, 0.01)
e, a = noyau_exp(t, 10), noyau_alpha(t, 10)
aires = [0.01 * float(np.sum(K)) for K in (e, a)]
print("aires :", quantity(aires[0], "ms"), "et", quantity(aires[1], "ms"))
comparer("05.a", sommet_exp=round(t[np.argmax(e)], 1) + 0.0,
         sommet_alpha=round(t[np.argmax(a)], 1),
         plus_grande_aire="alpha")
montrer(cadre("noyaux", ("temps depuis l'arrivée", "ms", (-20, 80)),
              ("K", "", (-0.05, 1.1)), [
    Line(t, e, "exponentielle", *COULEURS[0], 2.5),
    Line(t, a, "alpha", *COULEURS[1], 2.5)]))

# %% [markdown] id="noyau-commentaire"
# *Figure :* deux noyaux de 10 ms. L'exponentielle, en bleu plein, saute à 1 en
# t = 0 et redescend. La fonction alpha, en orange tireté, part de 0, culmine à
# 10 ms, et traîne plus longtemps.
#
# Même sommet, même constante de temps, mais près de trois fois plus d'aire :
# 27,2 ms contre 10. L'aire est la **charge** que passe une impulsion. Elle
# reviendra dans le musée.

# %% [markdown] id="cinetique-situation"
# ## 2. D'où viennent ces deux formes
#
# ### Situation
#
# Un canal est ouvert ou fermé. Fermé, il s'ouvre avec le taux α, tant que le
# neurotransmetteur est là. Ouvert, il se ferme avec le taux β. La part P des
# canaux ouverts suit donc
#
# $$\frac{dP}{dt} = \alpha\,(1 - P) - \beta\,P$$
#
# avec α et β en 1/ms. C'est l'équation des portes de Hodgkin et Huxley ; le
# neurotransmetteur y tient la place du potentiel.
#
# ### Prédire
#
# Le neurotransmetteur reste 1 ms : α = 2 pendant ce temps, puis α = 0. La
# fermeture est lente, β = 0,2. Quelle part des canaux s'ouvre, au plus ? Et
# combien de temps après le sommet en reste-t-il 37 % ?

# %% id="cinetique-pronostic"
pronostic("05.b", part_ouverte=None, duree=None)

# %% [markdown] id="cinetique-coder"
# ### Coder
#
# Résolvez l'équation sur le papier, α et β étant constants : rendez P(t), parti
# de P0.

# %% id="cinetique-fonction" exercise="05.3" points=2
def ouverture(t, P0, alpha, beta):
    """P(t), parti de P0 ; t en ms, alpha et beta en 1/ms."""
    ### BEGIN SOLUTION
    tau = 1 / (alpha + beta)
    P_inf = alpha / (alpha + beta)
    return P_inf + (P0 - P_inf) * np.exp(-t / tau)
    ### END SOLUTION

# %% id="cinetique-verifier"
ouverture = exercise("05.3").check(ouverture)

# %% id="cinetique-figure"
t = np.arange(0, 30, 0.01)
sommet = float(ouverture(np.array([1.0]), 0.0, 2.0, 0.2)[0])
P = np.where(t < 1, ouverture(t, 0.0, 2.0, 0.2),
             ouverture(np.maximum(t - 1, 0), sommet, 0.0, 0.2))
reste = t[(t > 1) & (P <= sommet / np.e)][0] - 1
comparer("05.b", part_ouverte=sommet, duree=reste)
courbes = [Line(t, P / sommet, "P, à son sommet près", *COULEURS[0], 2.8),
           Line(t, noyau_exp(t - 1, 5), "exponentielle, τ = 5 ms",
                *COULEURS[1], 2)]
print("sommet :", decimal(sommet, 3), "; il en reste 37 % après",
      quantity(reste, "ms"))
montrer(cadre("AMPA", ("t", "ms", (0, 30)), ("P / sommet", "", (-0.05, 1.1)),
              courbes))

# %% [markdown] id="cinetique-commentaire"
# *Figure :* en bleu, la part des canaux ouverts, divisée par son sommet ; en
# orange tireté, une exponentielle de 5 ms partie de 1 ms. Passé la première
# milliseconde, elles sont confondues.
#
# Voilà AMPA : le neurotransmetteur disparaît vite, et il ne reste que
# $dP/dt = -\beta P$. Donc τ = 1/β.
#
# ### Formaliser, sur le papier
#
# Supposons maintenant que le neurotransmetteur s'en aille lui aussi peu à peu,
# avec la même constante de temps τ que la fermeture : $\alpha(t) = a\,
# e^{-t/\tau}$ et β = 1/τ. Supposons aussi peu de canaux ouverts : 1 − P ≈ 1.
# Que devient P, parti de 0 ?
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# $dP/dt = a\,e^{-t/\tau} - P/\tau$. Posez $P = y\,e^{-t/\tau}$ : il reste
# $dy/dt = a$, donc $y = a\,t$ et $P = a\,t\,e^{-t/\tau}$. C'est la fonction
# alpha : ouverture lente, fermeture lente, l'une derrière l'autre. Voilà
# GABA_A.
#
# </details>

# %% [markdown] id="somme-situation"
# ## 3. Beaucoup d'impulsions, et un délai
#
# ### Situation
#
# Les canaux qu'ouvre la deuxième impulsion ne referment pas ceux de la
# première. Tant qu'il reste des canaux fermés, les noyaux s'ajoutent :
#
# $$P(t) = \sum_i K(t - t_i - \delta)$$
#
# $t_i$ est l'instant de la i-ième impulsion, δ le **délai** du trajet, en ms.
#
# ### Prédire
#
# Noyau exponentiel, τ = 10 ms, et une impulsion toutes les 10 ms, pendant
# longtemps. Juste après chaque arrivée, à quelle hauteur monte P ?

# %% id="somme-pronostic"
pronostic("05.c", hauteur=None)

# %% [markdown] id="somme-coder"
# ### Coder
#
# Écrivez la somme, pour tous les instants t. K est une fonction du temps
# écoulé, déjà nulle pour les temps négatifs.

# %% id="somme-fonction" exercise="05.4" points=1
def somme(t, impulsions, K, delai):
    """Somme des noyaux K, chacun delai ms après son impulsion."""
    ### BEGIN SOLUTION
    P = np.zeros(len(t))
    for t_i in impulsions:
        P = P + K(t - t_i - delai)
    return P
    ### END SOLUTION

# %% id="somme-verifier"
somme = exercise("05.4").check(somme)

# %% id="somme-figure"
noyau_exp, noyau_alpha = (exercise(n).recall() for n in ("05.1", "05.2"))
t, train = np.arange(0, 200, 0.1), np.arange(10, 150, 10)
P_exp = somme(t, train, lambda s: noyau_exp(s + 1e-9, 10), 5)
P_alpha = somme(t, train, lambda s: noyau_alpha(s, 10), 5)
comparer("05.c", hauteur=P_exp.max())
print("sommets :", decimal(P_exp.max(), 2), "et", decimal(P_alpha.max(), 2))
montrer(cadre("sommes", ("t", "ms", (0, 200)), ("P", "", (-0.1, 3.2)), [
    Line(t, P_exp, "exponentielle", *COULEURS[0], 2),
    Line(t, P_alpha, "alpha", *COULEURS[1], 2.4)]))

# %% [markdown] id="somme-commentaire"
# *Figure :* quatorze impulsions de 10 en 10 ms, un délai de 5 ms. La somme
# des exponentielles, en bleu, est une dent de scie qui plafonne à 1,58. Celle
# des fonctions alpha, en orange, ondule et monte à 2,83.
#
# Le plafond est une série géométrique : $1 + e^{-1} + e^{-2} + \dots =
# 1/(1 - e^{-1}) = 1{,}58$. La fonction alpha a plus d'aire, et sa somme monte
# plus haut : en régime permanent, la moyenne est l'aire divisée par
# l'intervalle, ici 27,2/10 = 2,72.
#
# ### Manipuler
#
# Posez des impulsions d'un clic dans le premier panneau. La touche **?** donne
# la liste des touches. **Un défi :** noyau exponentiel de 8 ms, poids de
# 12 mV : combien d'impulsions, au moins, font décharger la cible ? Groupées,
# ou espacées ?
#
# <details><summary>Ouvrir la réponse, après avoir essayé</summary>
#
# Six, si elles se suivent de 2 ms ; sept, de 4 en 4 ms. De 10 en 10 ms,
# aucun nombre n'y parvient : la membrane fuit plus vite qu'on ne la charge.
#
# </details>

# %% id="somme-explorer"
explore_synapse()

# %% [markdown] id="somme-expliquer" exercise="05.1x" manual=true points=1
# ### Expliquer
#
# Le délai change-t-il la hauteur de P ? Et que change-t-il pour un neurone qui
# reçoit deux synapses de délais différents ?
#
# ### BEGIN SOLUTION
# Non : il décale tout. Mais deux synapses de délais différents ne s'ajoutent
# au mieux que si leurs impulsions partent décalées de la différence : les
# délais choisissent quelles coïncidences comptent.
# ### END SOLUTION

# %% [markdown] id="trace-situation"
# ## 4. Tout retenir en un nombre
#
# ### Situation
#
# La somme relit toutes les impulsions, à chaque instant. Pour une seconde par
# pas de 0,1 ms et mille impulsions, c'est dix millions de noyaux par synapse. Le
# mémoire dont vient ce TD fait ainsi : il garde l'historique, et le reparcourt
# à chaque pas [1].
#
# L'exponentielle permet mieux : $e^{-(t + dt)/\tau} = e^{-t/\tau}\,e^{-dt/
# \tau}$. En un pas, **tous** les noyaux sont multipliés par le même nombre.
#
# ### Coder
#
# n[k] est le nombre d'impulsions arrivées au pas k ; au pas où elle arrive,
# une impulsion compte entière. Rendez la trace P, de la longueur de n, en une
# seule passe.

# %% id="trace-fonction" exercise="05.5" points=2
def trace_exp(n, dt, tau):
    """P à chaque pas ; n : impulsions reçues par pas ; dt, tau en ms."""
    ### BEGIN SOLUTION
    P, trace = 0.0, []
    fuite = np.exp(-dt / tau)
    for recues in n:
        P = P * fuite + recues
        trace.append(P)
    return np.array(trace)
    ### END SOLUTION

# %% id="trace-verifier"
trace_exp = exercise("05.5").check(trace_exp)

# %% [markdown] id="trace-alpha-coder"
# La fonction alpha a un facteur t : un nombre ne suffit plus, mais deux oui.
# Avec $s_i = (t - t_i)/\tau_{pic}$, suivez
#
# $$x = \sum_i e^{-s_i} \qquad y = \sum_i s_i\,e^{-s_i} \qquad P = e\,y$$
#
# Sur le papier : que deviennent x et y quand tous les $s_i$ augmentent de
# $h = dt/\tau_{pic}$ ?

# %% id="trace-alpha-fonction" exercise="05.6" points=3
def trace_alpha(n, dt, tau_pic):
    """P à chaque pas, pour la fonction alpha ; deux nombres suivis."""
    ### BEGIN SOLUTION
    x, y, trace = 0.0, 0.0, []
    h = dt / tau_pic
    fuite = np.exp(-h)
    for recues in n:
        y = fuite * (y + h * x)
        x = fuite * x + recues
        trace.append(np.e * y)
    return np.array(trace)
    ### END SOLUTION

# %% id="trace-alpha-verifier"
trace_alpha = exercise("05.6").check(trace_alpha)

# %% [markdown] id="trace-predire"
# ### Prédire
#
# Un train de 50 Hz. On double la durée simulée, donc aussi le nombre
# d'impulsions. Par combien est multiplié le temps de calcul de la somme ? Et
# celui de la trace ?

# %% id="trace-pronostic"
pronostic("05.d", somme_fois=None, trace_fois=None)

# %% id="trace-mesure"
noyau_alpha, somme = (exercise(n).recall() for n in ("05.2", "05.4"))


def course(T, dt=0.1):
    """(s pour la somme, s pour la trace, écart le plus grand)."""
    n = np.random.default_rng(5).poisson(0.05 * dt, round(T / dt))
    t = dt * np.arange(len(n))
    debut = perf_counter()
    P = somme(t, np.repeat(t, n), lambda s: noyau_alpha(s, 20), 0.0)
    milieu = perf_counter()
    Q = trace_alpha(n, dt, 20)
    return milieu - debut, perf_counter() - milieu, np.abs(P - Q).max()

# %% id="trace-course"
temps = []
for T in (5000, 10_000, 20_000):
    a, b, ecart = course(T)
    temps.append((a, b))
    print(f"{T // 1000} s : somme {quantity(1000 * a, 'ms', 0)}, trace",
          quantity(1000 * b, "ms", 0), f"; écart {ecart:.0e}")
fois = np.array(temps[2]) / temps[1]
comparer("05.d", somme_fois=fois[0], trace_fois=fois[1])

# %% [markdown] id="trace-commentaire"
# Les deux rendent les mêmes valeurs, aux arrondis près. Mais la somme coûte
# au moins quatre fois plus quand la durée double : il y a deux fois plus d'instants,
# et à chacun deux fois plus d'impulsions à relire. La trace ne coûte que le
# double. Et cette trace est une boucle de Python ; la bibliothèque la compile.

# %% id="trace-bibliotheque"
for K in (Exponential(10), Alpha(50, cut=100)):
    print(K, ":", K.reduction)

# %% [markdown] id="psp-situation"
# ## 5. Du courant au potentiel
#
# ### Situation
#
# Le courant synaptique charge la membrane, qui fuit. Notons u l'écart au
# repos, en mV, et w le poids, en mV/ms :
#
# $$\frac{du}{dt} = -\frac{u}{\tau_m} + w\,e^{-t/\tau_s}$$
#
# La réponse u(t) est le **potentiel post-synaptique** : excitateur (PPSE) si
# w > 0, inhibiteur (PPSI) si w < 0.
#
# ### Prédire
#
# τm = 20 ms, τs = 5 ms. Le courant est maximal en t = 0. Quand le potentiel
# l'est-il ?

# %% id="psp-pronostic"
pronostic("05.e", instant_du_sommet=None)

# %% [markdown] id="psp-coder"
# ### Coder
#
# Résolvez sur le papier, u(0) = 0 et τm > τs, puis rendez u(t).

# %% id="psp-fonction" exercise="05.7" points=2
def ppse(t, w, tau_m, tau_s):
    """u(t) en mV ; t, tau_m, tau_s en ms, w en mV/ms."""
    ### BEGIN SOLUTION
    A = w * tau_m * tau_s / (tau_m - tau_s)
    return A * (np.exp(-t / tau_m) - np.exp(-t / tau_s))
    ### END SOLUTION

# %% id="psp-verifier"
ppse = exercise("05.7").check(ppse)

# %% id="psp-figure"
t = np.arange(0, 100, 0.01)
comparer("05.e", instant_du_sommet=t[np.argmax(ppse(t, 1.0, 20.0, 5.0))])
gauche = cadre("PSP", ("t", "ms", (0, 100)), ("u", "mV", (-4, 4)), [
    Line(t, ppse(t, w, 20.0, 5.0), f"w = {short(w)} mV/ms", *c, 2.4)
    for w, c in zip((1.0, -1.0), COULEURS, strict=False)] + [Mark(y=0)])
limite = [Line(t, ppse(t, 5 / s, 20.0, s), f"τs = {short(s)} ms", *c, 2)
          for s, c in zip((5.0, 1.0, 0.1), COULEURS, strict=False)]
saut = Line(t, 5 * np.exp(-t / 20), "saut de 5 mV", *COULEURS[3], 2)
montrer(gauche, cadre("saut", ("t", "ms", (0, 40)), ("u", "mV", (0, 6.5)),
                      [*limite, saut], "même charge, w τs = 5 mV"))

# %% [markdown] id="psp-commentaire"
# *Figure :* à gauche, un PPSE et un PPSI, opposés, de près de 3,2 mV, dont le
# sommet vient à 9,2 ms. À droite, des synapses de même charge, w τs = 5 mV, de
# plus en plus brèves : la courbe monte de plus en plus vite, jusqu'à sauter à
# 5 mV.
#
# Quand la synapse est bien plus brève que la membrane, sa forme ne compte
# plus. Seule compte sa charge, et l'on peut écrire **V ← V + w** à l'arrivée.
# C'est le **saut de potentiel** : la synapse la moins chère de toutes.

# %% [markdown] id="psp-expliquer" exercise="05.2x" manual=true points=1
# ### Expliquer
#
# Le potentiel culmine quand le courant a déjà beaucoup baissé. Pourquoi ? Que
# vaut le courant de fuite, à cet instant ?
#
# ### BEGIN SOLUTION
# u monte tant que le courant synaptique dépasse la fuite u/τm. Au sommet, les
# deux sont égaux : la fuite rend exactement ce que la synapse apporte.
# ### END SOLUTION

# %% [markdown] id="conductance-situation"
# ## 6. Un courant, ou une porte ?
#
# ### Situation
#
# Un canal ouvert n'injecte pas un courant fixe. C'est une porte : ce qui passe
# dépend de l'écart au **potentiel d'inversion** $E_s$.
#
# $$C\,\frac{dV}{dt} = g_L\,(E_L - V) + g_s\,(E_s - V) + I$$
#
# Conductances en nS, potentiels en mV, I en pA. $E_s$ est près de 0 mV pour
# AMPA, près de −70 mV pour GABA_A.
#
# ### Prédire
#
# $E_L = E_s$ = −70 mV, et I = 0. On ouvre la synapse. De combien de mV le
# potentiel se déplace-t-il ? Et avec I = 200 pA, $g_L = g_s$ = 10 nS, le
# potentiel sera-t-il `"le même"`, `"plus haut"` ou `"plus bas"` que synapse
# fermée ?

# %% id="conductance-pronostic"
pronostic("05.f", deplacement=None, avec_courant=None)

# %% [markdown] id="conductance-coder"
# ### Coder
#
# La synapse reste ouverte. Rendez le potentiel où la membrane s'arrête.

# %% id="conductance-fonction" exercise="05.8" points=1
def equilibre(I, g_L, E_L, g_s, E_s):
    """V (mV) à l'équilibre ; I en pA, g en nS, E en mV."""
    ### BEGIN SOLUTION
    return (g_L * E_L + g_s * E_s + I) / (g_L + g_s)
    ### END SOLUTION

# %% id="conductance-verifier"
equilibre = exercise("05.8").check(equilibre)

# %% id="conductance-figure"
I = np.linspace(-100, 400, 100)
cas = {"sans synapse": (0.0, -70.0),
       "g = 10 nS, E_{s} = −70 mV": (10.0, -70.0),
       "g = 10 nS, E_{s} = 0 mV": (10.0, 0.0)}
courbes = [Line(I, equilibre(I, 10.0, -70.0, *p), mot, *c, 2.4)
           for (mot, p), c in zip(cas.items(), COULEURS, strict=False)]
seul, ouvert = (equilibre(np.array([0.0, 200.0]), 10.0, -70.0, g, -70.0)
                for g in (0.0, 10.0))
print("I = 200 pA : fermée", quantity(seul[1], "mV"), "; ouverte",
      quantity(ouvert[1], "mV"))
comparer("05.f", deplacement=ouvert[0] - seul[0], avec_courant="plus bas")
montrer(cadre("shunt", ("courant I", "pA", (-100, 400)), (
    "V à l'équilibre", "mV", (-85, -10)), courbes))

# %% [markdown] id="conductance-commentaire"
# *Figure :* le potentiel d'équilibre selon le courant. Trois droites. Sans
# synapse, en bleu, la pente est la plus forte. Avec la synapse de −70 mV, en
# orange tireté, la droite passe par le même point à I = 0, deux fois moins
# inclinée. Celle de 0 mV, en vert, a la même pente que l'orange, mais plus
# haut.
#
# Au repos, la synapse de −70 mV ne fait **rien** : aucun PPSI. Et pourtant
# elle divise par deux l'effet de tout le reste : 200 pA ne donnent plus que
# −60 mV au lieu de −50. C'est une inhibition par **dérivation** (*shunting*
# *inhibition*). Un modèle où la synapse est un courant ne peut pas la montrer.

# %% [markdown] id="conductance-ppse-texte"
# ### Vérifier
#
# Les PPSE d'une conductance s'ajoutent-ils ? Ouvrons ensemble de plus en plus
# de synapses excitatrices, $E_s$ = 0.

# %% id="conductance-ppse"
nombre = np.arange(0, 41)
porte = np.array([float(equilibre(np.zeros(1), 10.0, -70.0, 1.0 * k, 0.0)[0])
                  for k in nombre])
courant = -70 + 7.0 * nombre
print("10 synapses : porte", quantity(porte[10], "mV"), "; courant",
      quantity(courant[10], "mV"))
montrer(cadre("addition", ("synapses ouvertes", "", (0, 40)), (
    "V", "mV", (-75, 40)), [
    Line(nombre, porte, "conductance", *COULEURS[0], 2.4),
    Line(nombre, courant, "courant de 70 pA chacune", *COULEURS[1], 2.4),
    Mark(y=0, text="")]))

# %% [markdown] id="conductance-ppse-commentaire"
# *Figure :* le potentiel selon le nombre de synapses de 1 nS. Le courant, en
# orange tireté, monte tout droit et sort du cadre. La conductance, en bleu,
# s'incurve : elle approche 0 mV sans l'atteindre.
#
# Dix synapses donnent −35 mV au lieu de 0. Chacune compte moins que la
# précédente, parce que l'écart à $E_s$ diminue et que la membrane fuit plus.

# %% [markdown] id="quanta-situation"
# ## 7. La synapse qui hésite
#
# ### Situation
#
# Dans le cortex, une impulsion ne libère pas toujours. Une connexion a N
# sites ; chacun libère une vésicule avec la probabilité p, et chaque vésicule
# donne q mV, le **quantum**. Del Castillo et Katz l'ont compris sans voir une
# seule vésicule, en regardant varier les réponses [3].
#
# La réponse moyenne est $N\,p\,q$, sa variance $N\,p\,(1 - p)\,q^2$.
#
# ### Prédire
#
# Deux connexions donnent 1 mV en moyenne. L'une a N = 5, p = 0,2 ; l'autre N =
# 5, p = 0,8. Laquelle varie le plus d'une impulsion à l'autre, `"p = 0,2"` ou
# `"p = 0,8"` ? Pour p = 0,2, quelle part des impulsions échoue tout à fait ?

# %% id="quanta-pronostic"
pronostic("05.g", la_plus_variable=None, part_des_echecs=None)

# %% [markdown] id="quanta-coder"
# ### Coder
#
# Le problème de l'expérimentateur est l'inverse : connaissant la moyenne, la
# variance et N, trouver p et q.

# %% id="quanta-fonction" exercise="05.9" points=2
def quanta(moyenne, variance, N):
    """(p, q) ; moyenne et q en mV, variance en mV²."""
    ### BEGIN SOLUTION
    q = variance / moyenne + moyenne / N
    p = moyenne / (N * q)
    return p, q
    ### END SOLUTION

# %% id="quanta-verifier"
quanta = exercise("05.9").check(quanta)

# %% id="quanta-figure"
essais, rng = budget(flash=2000, td=5000, complet=20_000), \
    np.random.default_rng(3)
panneaux = []
for p, q in ((0.2, 1.0), (0.8, 0.25)):
    r = q * rng.binomial(5, p, essais)
    trouve = quanta(r.mean(), r.var(), 5)
    print(f"p = {short(p)} : écart type {quantity(r.std(), 'mV', 2)},",
          f"échecs {quantity(100 * np.mean(r == 0), '%')} ; retrouvés",
          decimal(trouve[0], 2), "et", quantity(trouve[1], "mV", 2))
    panneaux.append(cadre(f"p{p}", ("impulsion", "", (0, 60)), (
        "réponse", "mV", (-0.2, 4.2)), [Line(
            np.repeat(np.arange(60), 3), np.ravel([(0, x, 0) for x in r[:60]]),
            "", "blue")], f"p = {short(p)}, q = {short(q)} mV"))
comparer("05.g", la_plus_variable="p = 0,2", part_des_echecs=0.8**5)
montrer(*panneaux)

# %% [markdown] id="quanta-commentaire"
# *Figure :* soixante réponses de chaque connexion. À gauche, p = 0,2 : des
# réponses de 0 à plusieurs mV, et beaucoup de silences. À droite, p = 0,8 :
# presque toutes près de 1 mV.
#
# La même moyenne, deux synapses très différentes. À p = 0,2, un tiers des
# impulsions échouent ($0{,}8^5$ = 0,33). Et la variance seule a suffi à
# retrouver p et q.

# %% [markdown] id="reseau-situation"
# ## 8. Vingt neurones
#
# ### Situation
#
# Deux populations de dix neurones d'Izhikevich, N1 et N2. Chaque neurone de N1
# excite tous ceux de N2, et tous ceux de N1, lui compris :
#
# | connexion | poids | noyau | coupé à | délai |
# | :-- | --: | :-- | --: | --: |
# | N1 → N2 | 1 | $e^{-t/10}$ | 30 ms | 30 ms |
# | N1 → N1 | 0,5 | $\frac{t}{50}\,e^{1 - t/50}$ | 100 ms | 50 ms |
#
# N1 reçoit un courant de 5 pendant 15 ms, puis plus rien. C'est le programme
# 14 du mémoire [1].
#
# ### Prédire
#
# N1 décharge une fois. Que se passe-t-il en 300 ms ? Combien de décharges de
# N1, combien de N2 ? La première de N2 vient combien de ms après la première
# de N1 ?

# %% id="reseau-pronostic"
pronostic("05.h", decharges_de_N1=None, decharges_de_N2=None,
          premiere_de_N2_apres=None)

# %% id="reseau-programme"
def programme_14(noyau_12, noyau_11, poids=0.5, T=300.0):
    """Le réseau de la table ; 50 ms font 167 pas de 0,3, donc 50,1."""
    net = Network(dt=0.3, seed=1, method="semi_implicit")
    depart = {"v": -65.0, "u": -13.0}
    net.population("N1", 10, izhikevich, current=step(5, 0, 15),
                   start=depart)
    net.population("N2", 10, izhikevich, current=0.0, start=depart)
    net.connect("N1", "N2", 1.0, delay=30, kernel=noyau_12)
    net.connect("N1", "N1", poids, delay=50.1, kernel=noyau_11)
    return net.run(T, record={n: ["v", "I"] for n in net.populations})

# %% id="reseau-decharges"
def decharges(run, nom):
    """Les instants (ms) où la population décharge, tous ensemble."""
    return np.unique(run.spikes[nom].times.round(6))

# %% id="reseau-lancer"
en_ms = programme_14(Exponential(10, cut=30), Alpha(50, cut=100))
for nom in ("N1", "N2"):
    print(nom, "décharge à",
          " ; ".join(decimal(x) for x in decharges(en_ms, nom)), "ms")
premier = [decharges(en_ms, nom)[0] for nom in ("N1", "N2")]
comparer("05.h", decharges_de_N1=len(decharges(en_ms, "N1")),
         decharges_de_N2=len(decharges(en_ms, "N2")),
         premiere_de_N2_apres=premier[1] - premier[0])

# %% id="reseau-dessin"
def deux_voies(run, bornes=(0, 45)):
    """v et courant reçu d'un neurone de chaque population."""
    panneaux = []
    for mot, grandeur, unite, y in (("v", "v", "mV", (-85, 35)),
                                    ("courant I", "I", "", bornes)):
        panneaux.append(cadre(mot, ("t", "ms", (0, run.T)), (mot, unite, y), [
            Line(run.t[-len(x):], x, nom, *c, 1.8) for nom, c in zip(
                ("N1", "N2"), COULEURS, strict=False)
            for x in [run.trace(nom, grandeur)[:, 0]]]))
    return montrer(*panneaux)

# %% id="reseau-figure"
deux_voies(en_ms, (-0.5, 11))

# %% [markdown] id="reseau-commentaire"
# *Figure :* à gauche, v d'un neurone de chaque population ; à droite, ce qu'il
# reçoit. N1, en bleu plein, décharge quatre fois ; N2, en orange tireté, trois
# fois, une trentaine de ms après. Le courant de N1 est d'abord une marche de
# 5, puis les bosses lentes de la fonction alpha.
#
# N1 s'entretient. Chaque décharge revient 50 ms plus tard, s'étale, et suffit
# à en produire une autre. Les dix neurones sont identiques : ils déchargent
# tous au même pas, et dix synapses de 0,5 en valent une de 5.

# %% [markdown] id="delai-coder"
# ### Coder
#
# Un simulateur compte les délais en pas. Combien de pas pour un délai ? Le
# nombre le plus proche, et jamais moins d'un : une impulsion ne peut pas agir
# à l'instant où elle naît. Aucun délai ne tombe à égale distance de deux pas.

# %% id="delai-fonction" exercise="05.10" points=1
def pas_de_delai(delai, dt):
    """Nombre entier de pas ; delai et dt en ms."""
    ### BEGIN SOLUTION
    return max(1, round(delai / dt))
    ### END SOLUTION

# %% id="delai-verifier"
pas_de_delai = exercise("05.10").check(pas_de_delai)

# %% id="delai-mesure"
delais = np.round(0.1 * np.arange(1, 200), 1)
coupes = sum(int(d / 0.1) != pas_de_delai(float(d), 0.1) for d in delais)
print(len(delais), "délais multiples de 0,1 ms : la troncature en raccourcit",
      coupes, "d'un pas")
print("0.3 / 0.1 =", 0.3 / 0.1, "; int :", int(0.3 / 0.1), "; le vôtre :",
      pas_de_delai(0.3, 0.1))

# %% [markdown] id="delai-commentaire"
# Un nombre comme 0,1 n'existe pas en binaire. Un quotient peut tomber un
# cheveu sous l'entier, et `int` coupe. L'erreur va toujours dans le même sens :
# des synapses trop rapides, sans aucun message.

# %% [markdown] id="bilan"
# ## Bilan
#
# Vous savez écrire un noyau, dire de quelle cinétique il vient, et le sommer
# en un ou deux nombres par synapse. Vous savez ce qu'en fait une membrane, et
# ce qu'une conductance fait de plus qu'un courant. Vous savez faire parler
# vingt neurones.
#
# **La figure à savoir dessiner de mémoire :** trois lignes sous un même axe du
# temps. En haut, des impulsions ; au milieu, leurs noyaux et leur somme ; en
# bas, le potentiel qui monte en retard, et le seuil.

# %% [markdown] id="musee-situation"
# ## Musée des erreurs
#
# **Pièce n° 5. L'écho qui ne mourait pas.** Le mémoire raconte une autre
# histoire que la section 8 : « Enfin, les synapses sont insuffisantes pour
# produire d'autres potentiels d'action, et on observe deux potentiels
# post-synaptiques excitateurs. » Il mesure 6,66 Hz : deux décharges de N1
# en 300 ms. Le texte, les poids et les noyaux sont pourtant ceux de la table.
#
# Le programme du mémoire calcule la somme par pas. Il appelle K avec l'écart
# entre deux **numéros de pas**, et non entre deux instants.

# %% id="musee-piece"
dt = 0.3
en_pas = programme_14(Exponential(10 * dt, cut=30 * dt),
                      Alpha(50 * dt, cut=100 * dt))
for mot, run in (("noyau en ms", en_ms), ("noyau en pas", en_pas)):
    for nom in ("N1", "N2"):
        print(f"{mot}, {nom} :", " ; ".join(
            decimal(x) for x in decharges(run, nom)), "ms ;",
            quantity(run.rate(nom), "Hz", 2))
deux_voies(en_pas, (-0.5, 11))

# %% [markdown] id="musee-trouver"
# *Figure :* les mêmes tracés, noyaux lus en pas. N1 décharge deux fois, N2 une
# fois. Les bosses de courant sont plus brèves que dans la section 8. Après la
# dernière décharge, une petite bosse de v sur chaque population, sans
# décharge : les deux potentiels post-synaptiques du texte.
#
# **Trouver.** C'est l'histoire du mémoire, et ses 6,66 Hz (ici 6,67, arrondi).
# Lu en pas, $e^{-t/10}$ n'a plus une constante de 10 ms. De combien ?
#
# **Expliquer, sur le papier.** Un noyau trois fois plus bref passe moins de
# charge. Calculez-la.

# %% [markdown] id="charge-coder"
# Rendez l'aire de la fonction alpha, de 0 à la coupure. Une primitive, ou une
# somme de petits pas : à 0,01 % près, les deux conviennent.

# %% id="charge-fonction" exercise="05.11" points=2
def charge(tau_pic, coupure):
    """Aire (ms) de la fonction alpha, de 0 à coupure (ms)."""
    ### BEGIN SOLUTION
    x = coupure / tau_pic
    return np.e * tau_pic * (1 - (1 + x) * np.exp(-x))
    ### END SOLUTION

# %% id="charge-verifier"
charge = exercise("05.11").check(charge)

# %% id="charge-mesure"
ms, pas = float(charge(50, 100)), float(charge(15, 30))
print("charge d'une impulsion :", quantity(ms, "ms"), "ou",
      quantity(pas, "ms"), "; rapport", decimal(ms / pas, 2))

# %% [markdown] id="musee-reparer"
# Trois fois moins de charge, exactement 1/dt : voilà l'écho éteint. Et le
# résultat dépend du pas de temps, ce qu'aucun modèle ne devrait faire.
#
# **Réparer.** Gardons les noyaux en ms. Quel poids de N1 sur elle-même faut-il
# pour que l'écho meure ? Simulez plusieurs secondes, pour des poids de 0,38 à
# 0,40.
#
# ### Prédire
#
# Entre « aucun écho » et « un écho sans fin », combien de décharges N1 peut-elle
# faire ? Toutes les valeurs se rencontrent-elles, `"oui"` ou `"non"` ?

# %% id="musee-pronostic"
pronostic("05.i", toutes_les_valeurs=None)

# %% id="musee-essais"
def nombre(poids, T=3000.0):
    """Combien de fois N1 décharge en T ms."""
    run = programme_14(Exponential(10, cut=30), Alpha(50, cut=100), poids, T)
    return len(decharges(run, "N1"))


for poids in (0.38, 0.40):  # resserrez
    print(f"poids {decimal(poids, 3)} : N1 décharge {nombre(poids)} fois")

# %% [markdown] id="musee-valeurs-texte"
# Notez, au millième près, le plus petit poids qui donne un écho, et le plus
# petit pour lequel l'écho ne meurt plus.

# %% id="musee-valeurs" exercise="05.12" points=2
un_echo, sans_fin = None, None
### BEGIN SOLUTION
un_echo, sans_fin = 0.386, 0.396
### END SOLUTION
bascules = None if un_echo is None else (un_echo, sans_fin)

# %% id="musee-verifier"
bascules = exercise("05.12").check(bascules)

# %% id="musee-prouver"
poids = np.round(np.arange(0.380, 0.4001, 0.002), 3)
compte = [nombre(float(x)) for x in poids]
for x, n in zip(poids, compte, strict=True):
    print(decimal(x, 3), ":", n)
comparer("05.i", toutes_les_valeurs="non")
montrer(cadre("seuil", ("poids de N1 sur elle-même", "", (0.38, 0.4)), (
    "décharges en 3 s", "", (0, 28)), [Line(
        np.repeat(poids, 2)[1:], np.repeat(compte, 2)[:-1], "", "blue",
        width=2.4)]))

# %% [markdown] id="musee-commentaire"
# *Figure :* le nombre de décharges de N1 en 3 s, selon son poids sur
# elle-même. Un, puis deux, puis d'un coup vingt-cinq.
#
# À 0,38, aucun écho. De 0,386 à 0,394, un seul. À 0,396 et au-delà, il ne
# meurt plus. Jamais trois, ni dix : si la deuxième décharge en produit une
# troisième, la troisième en produit une quatrième, car le neurone a oublié la
# première. L'auteur avait posé 0,5, bien au-delà.

# %% [markdown] id="musee-expliquer" exercise="05.3x" manual=true points=1
# **Expliquer.** Pourquoi existe-t-il un intervalle de poids avec exactement un
# écho ? Qu'est-ce qui rend la deuxième fois plus difficile que la première ?
# Pensez à u, la variable lente d'Izhikevich.
#
# ### BEGIN SOLUTION
# Chaque décharge augmente u de d = 8, et u s'efface en 1/a = 50 ms. L'écho
# arrive avant que u soit revenu : après deux décharges, il en reste davantage
# qu'après une seule. La deuxième fois demande donc un peu plus de courant. De
# la deuxième à la troisième, l'intervalle ne change presque plus : ce qui
# passe une fois passe toujours.
# ### END SOLUTION

# %% [markdown] id="plus-loin"
# ## Pour aller plus loin
#
# - **Une synapse qui se fatigue.** Remplacez le poids par w R, où R perd une
#   part U à chaque impulsion et revient à 1 en quelques centaines de ms [4].
#   Que devient l'écho de la section 8 ?
# - **NMDA.** Sa conductance dépend aussi de V, par le magnésium [5]. Écrivez
#   l'équilibre de la section 6 avec ce facteur : combien de solutions ?

# %% [markdown] id="references"
# ## Références
#
# 1. A. Granier, *Modélisation mathématique et informatique de neurones*,
#    mémoire, 2018, partie II.1 et programme 14.
# 2. A. Destexhe, Z. F. Mainen, T. J. Sejnowski, « An efficient method for
#    computing synaptic conductances based on a kinetic model of receptor
#    binding », *Neural Comput.* 6 (1994) 14-18.
# 3. J. del Castillo, B. Katz, « Quantal components of the end-plate
#    potential », *J. Physiol.* 124 (1954) 560-573.
# 4. M. V. Tsodyks, H. Markram, « The neural code between neocortical
#    pyramidal neurons depends on neurotransmitter release probability »,
#    *Proc. Natl. Acad. Sci. USA* 94 (1997) 719-723.
# 5. C. E. Jahr, C. F. Stevens, « Voltage dependence of NMDA-activated
#    macroscopic conductances predicted by single-channel kinetics »,
#    *J. Neurosci.* 10 (1990) 3178-3182.
