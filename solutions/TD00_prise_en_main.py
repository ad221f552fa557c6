# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] id="titre"
# # TD00 — Prise en main : le carnet, les tableaux, le pas de temps
#
# Vous apprenez à vous servir de ce carnet, puis à faire avancer une équation
# pas à pas, et surtout à savoir de combien le résultat se trompe.
#
# > **Objectifs.** À la fin, vous saurez :
# > - exécuter un carnet dans l'ordre, demander un indice, retrouver vos
# >   fichiers ;
# > - remplacer une boucle par un calcul sur un tableau numpy ;
# > - coder les schémas d'Euler et de Runge-Kutta, et mesurer leur ordre ;
# > - reconnaître un problème raide, et choisir la fonction de bibliothèque qui
# >   s'en charge.
# >
# > **Prérequis.** Écrire une fonction et une boucle en Python ; savoir qu'une
# > dérivée est une pente.
# >
# > **Durée.** Vingt minutes pour les sections 1 à 4, puis une heure et demie.
# > Si vous connaissez numpy, passez de la section 4 à la section 7.
# >
# > **Matériel repris.** Aucun : tout commence ici.

# %% [markdown] id="simplifications"
# > **Ce que ce modèle simplifie.**
# > - *Une membrane sans canaux commandés.* Elle fuit, et rien d'autre : aucune
# >   impulsion dans ce TD. C'est ce qui permet d'écrire la solution exacte, et
# >   donc de mesurer des erreurs.
# > - *Une épine sans fuite.* À la section 11, une épine dendritique suit sa
# >   dendrite sans la charger en retour.
# > - *Des équations sans hasard.* Un bruit change les règles de convergence :
# >   ce sera l'affaire du TD03.

# %% [markdown] id="preparation-texte"
# Cliquez dans la cellule grise ci-dessous, puis appuyez sur **Maj + Entrée**.
# Faites de même avec la suivante. Elles réunissent le matériel du TD : deux
# équations, et quelques fonctions que vous réécrirez en chemin. Ensuite,
# chaque section peut se faire seule.

# %% id="preparation"
# %matplotlib inline
import numpy as np

from course.exercises import comparer, exercise, pronostic
from course.exercises.french import number
from course.neurons import hodgkin_huxley as hh
from course.plot.french import decimal, quantity
from course.plot.mpl import draw
from course.plot.scene import Axis, Line, Mark, Panel, Points, Scene
from course.profile import budget, profile
from course.widgets import explore_hodgkin_huxley

attente = budget(flash="5 s", td="5 s", complet="10 s")
print(f"Profil « {profile()} » : aucun calcul ne dépasse {attente}.")

# %% id="preparation-suite"
from course.exercises.td00.arrays import relaxation
from course.exercises.td00.euler import euler, ordre
from course.exercises.td00.steps import pas_rk4


def membrane(t, V):
    """dV/dt (mV/ms) : vers −60 mV, avec τ = 20 ms."""
    return (-60 - V) / 20


def epine(t, V):
    """Pentes (mV/ms) d'une dendrite, V[0], et de son épine, V[1]."""
    return np.array([(-60 - V[0]) / 20, (V[0] - V[1]) / 0.01])

# %% [markdown] id="cellule-situation"
# ## 1. Des cellules, et un ordre
#
# ### Situation
#
# Ce carnet est une suite de **cellules** : du texte, comme ici, ou du code.
# Une cellule de code s'exécute avec **Maj + Entrée**. Un numéro apparaît alors
# à sa gauche : c'est son rang dans l'ordre où **vous** avez exécuté.
#
# Derrière la page travaille un **noyau** : un Python qui garde en mémoire tout
# ce que les cellules ont défini.
#
# ### Prédire
#
# Voici deux cellules, à exécuter l'une après l'autre. La première fixe le
# repos d'une membrane, et un seuil 15 mV plus haut. La seconde change le
# repos. Que vaut `seuil` à la fin ?
#
# Tous les pronostics de l'année se notent ainsi : remplacez `None` par un
# nombre, puis exécutez. Rien n'oblige à deviner juste.

# %% id="cellule-pronostic"
pronostic("00.a", seuil=None)  # en mV

# %% id="cellule-premiere"
V_repos = -70
seuil = V_repos + 15

# %% id="cellule-seconde"
V_repos = -65
comparer("00.a", seuil=seuil)

# %% [markdown] id="cellule-commentaire"
# Le seuil est resté à −55 mV. Une cellule n'est pas une formule de tableur :
# elle calcule une fois, au moment où on l'exécute, et rien ne la rappelle.
#
# D'où deux habitudes. Quand vous corrigez une cellule, exécutez aussi celles
# qui en dépendent. Et quand plus rien n'a de sens, menu **Noyau**, puis
# **Redémarrer le noyau et exécuter toutes les cellules** : le carnet repart de
# haut en bas, et ce qui reste faux l'est vraiment.

# %% [markdown] id="cellule-expliquer" exercise="00.1x" manual=true points=1
# ### Expliquer
#
# Certaines cellules de texte attendent votre réponse : double-cliquez sur
# celle-ci, écrivez, puis **Maj + Entrée**. La question : un camarade vous
# envoie son carnet ; à gauche de ses cellules, de haut en bas, on lit 7, 3,
# puis 12. Pourquoi se méfier de ses résultats, et que lui demander ?
#
# ### BEGIN SOLUTION
# Il a exécuté ses cellules dans un autre ordre que celui de la page : un
# résultat peut dépendre d'une valeur effacée depuis. Qu'il redémarre le noyau
# et exécute tout, de haut en bas, avant d'envoyer.
# ### END SOLUTION

# %% [markdown] id="verifier-situation"
# ## 2. Écrire, vérifier, recommencer
#
# ### Situation
#
# Une membrane passive est un condensateur percé : une capacité $C$, et une
# résistance $R$ par où elle fuit. Elle met un certain temps à se charger.
#
# ### Formaliser
#
# Ce temps s'appelle la **constante de temps**, $\tau = RC$. En unités du
# système international, des ohms fois des farads donnent des secondes. Les
# électrophysiologistes préfèrent les mégaohms (10⁶ Ω) et les picofarads
# (10⁻¹² F).
#
# ### Coder
#
# Écrivez la fonction, en **millisecondes**. Remplacez les points de suspension
# par votre calcul, exécutez la cellule, puis la suivante, qui vous répond et
# ne se modifie pas.

# %% id="tau-coder" exercise="00.1" points=1
def constante_de_temps(R, C):
    """τ = R C en ms ; R en MΩ, C en pF."""
    ### BEGIN SOLUTION
    return R * C / 1000
    ### END SOLUTION

# %% id="tau-verifier"
constante_de_temps = exercise("00.1").check(constante_de_temps)

# %% [markdown] id="tau-reponses"
# ### Vérifier
#
# Prenez une minute pour vous tromper exprès. Rendez `R * C`, exécutez les deux
# cellules et lisez la réponse ; puis `R / C`. Le vérificateur essaie votre
# fonction sur des valeurs tirées au hasard, et cherche l'**idée** qui manque.
#
# Si vous restez à court, un indice par appel ; et, après un essai, la
# solution. Ôtez le signe `#` :

# %% id="tau-indice"
# exercise("00.1").hint()
# exercise("00.1").solution()

# %% id="tau-mesurer"
for nom, R, C in (("un neurone", 100, 200), ("une épine", 500, 0.02)):
    print(f"{nom} : R = {R} MΩ, C = {decimal(C, 2)} pF,",
          f"donc τ = {quantity(constante_de_temps(R, C), 'ms', 2)}")

# %% [markdown] id="tau-commentaire"
# Vingt millisecondes pour un neurone ; un centième de milliseconde pour la
# tête d'une épine, minuscule, derrière un col étroit [1]. Retenez ces deux
# nombres : leur écart fera exploser un calcul à la section 11.
#
# **Rien ne bloque.** Tant que votre fonction n'est pas juste, le TD continue
# avec celle du cours, et il le dit.

# %% [markdown] id="explorateur-situation"
# ## 3. Un explorateur
#
# ### Situation
#
# Presque tous les TD contiennent des figures vivantes. Voici celle du TD01 :
# un axone de calmar, sous un échelon de courant. Vous n'avez pas besoin de
# savoir ce qu'elle calcule ; apprenez à la conduire.
#
# ### Prédire
#
# Au départ, le courant vaut 10 µA/cm². Combien d'impulsions attendez-vous en
# cent millisecondes ?

# %% id="explorateur-pronostic"
pronostic("00.b", impulsions=None)

# %% [markdown] id="explorateur-gestes"
# ### Manipuler
#
# 1. Portez la durée à 100 ms. La phrase sous la figure dit ce qu'on y voit :
#    vérifiez-y votre pronostic.
# 2. Dans la case du courant, tapez `6,5`, avec une virgule, puis **Entrée**.
# 3. Cliquez dans la figure : les flèches du clavier déplacent un curseur. La
#    touche **?** donne toutes les touches, **Échap** rend le clavier au
#    carnet.

# %% id="explorateur"
explore_hodgkin_huxley()

# %% id="explorateur-comparer"
trace = hh.simulate(100, I=10)
comparer("00.b", impulsions=len(trace.spikes))

# %% [markdown] id="explorateur-commentaire"
# Sept impulsions. La cellule ci-dessus a refait, sans figure, le calcul de
# l'explorateur : `simulate` rend une **trace**, avec ses instants `trace.t`,
# son potentiel `trace["V"]` et ses impulsions `trace.spikes`. Tout ce qu'un
# explorateur montre, vous pouvez l'obtenir en une ligne.

# %% [markdown] id="fichiers-situation"
# ## 4. Où sont mes fichiers ?
#
# Un carnet vit dans un dossier, et votre travail avec lui. Demandons lequel.

# %% id="fichiers"
from pathlib import Path

from course.workbook.summary import avancement

print("Ce carnet travaille dans :", Path.cwd().name)
avancement()

# %% [markdown] id="fichiers-commentaire"
# - **Ce dossier est à vous.** `Path.cwd()` en donne le chemin entier. Une mise
#   à jour du cours y ajoute des TD ; elle n'écrase jamais celui où vous avez
#   écrit.
# - Le tableau ci-dessus est lu dans un dossier caché, `.cours` : il retient
#   vos vérifications et vos pronostics, rien d'autre. Si vous l'effacez, vous
#   perdez ce tableau, pas vos réponses.
# - **Vos réponses sont dans le carnet.** C'est lui qu'on enregistre
#   (**Ctrl + S**), qu'on copie et qu'on rend.

# %% [markdown] id="tableaux-situation"
# ## 5. Des tableaux plutôt que des boucles
#
# ### Situation
#
# Un potentiel mesuré tous les dixièmes de milliseconde pendant une seconde :
# dix mille nombres. Les écrire un par un dans une boucle est long à lire et
# long à exécuter. **numpy** calcule sur des tableaux entiers.
#
# ### Prédire
#
# De 0 à 100 ms, bornes comprises, un point tous les 0,1 ms : combien de
# points ?

# %% id="tableaux-pronostic"
pronostic("00.c", points=None)

# %% id="tableaux-temps"
t = np.linspace(0, 100, 1001)  # bornes comprises, nombre de points
u = np.arange(0, 100, 0.1)  # fin exclue, longueur du pas
print("linspace :", t[0], t[1], "…", t[-1])
print("arange :  ", u[0], u[1], "…", u[-1])
comparer("00.c", points=len(t))

# %% [markdown] id="tableaux-commentaire"
# Mille et un : mille pas séparent mille et un points. Cet écart d'une unité
# reviendra toute l'année. `linspace` compte les points et va jusqu'au bout ;
# `arange` fixe le pas et s'arrête avant la fin.
#
# Prenons un phénomène à mettre dans ces tableaux. On déplace le potentiel
# d'une membrane passive, puis on la laisse : elle revient à l'équilibre.
#
# ### Formaliser
#
# Plus l'écart est grand, plus la fuite est forte :
#
# $$\frac{dV}{dt} = \frac{V_\infty - V}{\tau}
# \qquad\text{donc}\qquad
# V(t) = V_\infty + (V_0 - V_\infty)\,e^{-t/\tau}$$
#
# - $V$ : potentiel, en mV ; $V_0$ : sa valeur à l'instant zéro ; $V_\infty$ :
#   sa valeur d'équilibre ;
# - $\tau$ : constante de temps, et $t$ : temps, en ms.
#
# Sur une feuille, dérivez la seconde formule et vérifiez qu'elle satisfait la
# première. Que vaut-elle à $t = 0$ ? Et très tard ?

# %% [markdown] id="relaxation-predire"
# ### Prédire
#
# Au bout d'une constante de temps, quel pourcentage de l'écart initial
# reste-t-il ? Et au bout de trois ?

# %% id="relaxation-pronostic"
pronostic("00.d", reste_apres_tau=None, reste_apres_3_tau=None)  # en %

# %% [markdown] id="relaxation-coder-texte"
# ### Coder
#
# Rendez V(t). `t` peut être un nombre ou un tableau : avec `np.exp`, et non
# `math.exp`, la même ligne sert aux deux.

# %% id="relaxation-coder" exercise="00.2" points=1
def relaxation(t, V_0, V_inf, tau):
    """Potentiel (mV) à l'instant t (ms), parti de V_0 vers V_inf."""
    ### BEGIN SOLUTION
    return V_inf + (V_0 - V_inf) * np.exp(-t / tau)
    ### END SOLUTION

# %% id="relaxation-verifier"
relaxation = exercise("00.2").check(relaxation)

# %% id="relaxation-comparer"
reste = relaxation(np.array([20, 60]), 100, 0, 20)  # d'un écart de 100
comparer("00.d", reste_apres_tau=reste[0], reste_apres_3_tau=reste[1])

# %% [markdown] id="relaxation-commentaire"
# Il reste 37 % après τ, 5 % après 3τ. On dit qu'une membrane « oublie » en
# quelques constantes de temps.
#
# ### Vérifier
#
# Trois membranes, trois constantes de temps, d'un seul coup. Une colonne de
# temps et une ligne de τ se croisent en un tableau à deux dimensions : numpy
# appelle cela *broadcasting*, **diffusion** en français.

# %% id="relaxation-trois"
tau = np.array([5, 20, 80])
V = np.asarray(relaxation(t[:, None], -50, -70, tau[None, :]))
print("formes :", t[:, None].shape, "et", tau[None, :].shape, "donnent",
      V.shape)
tirets = zip(("blue", "vermillion", "green"), ("solid", "dash", "dashdot"),
             strict=True)
courbes = [Line(t, V[:, k], f"τ = {tau[k]} ms", couleur, tiret)
           for k, (couleur, tiret) in enumerate(tirets)]
draw(Scene(((Panel("relaxation", Axis("t", "ms", (0, 100)),
                   Axis("V", "mV", (-72, -48)), tuple(courbes)),),),
           height=300), 7)

# %% [markdown] id="relaxation-figure"
# *Figure :* trois potentiels partent ensemble de −50 mV et descendent vers
# −70 mV en cent millisecondes. Le premier, τ = 5 ms, est arrivé au bout de
# 20 ms ; le dernier, τ = 80 ms, est encore loin du but à la fin.
#
# Une colonne par neurone, une ligne par instant : `V[:, k]` est l'histoire du
# neurone k, `V[n, :]` l'état de tous à l'instant n. Tout le cours range ses
# tableaux ainsi, **le temps d'abord**.

# %% [markdown] id="alias-situation"
# ## 6. Copier, choisir, tirer au sort
#
# ### Situation
#
# Trois gestes encore, qui serviront toute l'année. Le premier cache un piège.
#
# ### Prédire
#
# On donne un second nom à un tableau, puis on change une case sous ce nom. Que
# vaut `V[0]`, ensuite ?

# %% id="alias-pronostic"
pronostic("00.e", V_0=None)  # en mV

# %% id="alias-tableau"
V = np.array([-65.0, -60.0, -55.0])
depart = V
depart[0] = 0
comparer("00.e", V_0=V[0])

# %% [markdown] id="alias-commentaire"
# Zéro : `depart` et `V` sont **un seul tableau** sous deux noms. Rien n'a été
# copié. Pour garder un état de départ, demandez une copie : `V.copy()`. Le
# musée, à la fin de ce TD, montre ce que coûte un état partagé par mégarde.

# %% [markdown] id="seuil-formaliser"
# ### Formaliser
#
# Une question qu'on posera sans cesse : **quand** le potentiel franchit-il un
# seuil ? Avec des tableaux, deux idées suffisent.
#
# - Une comparaison rend un tableau de vrai ou faux, un **masque** : `V >= 0`.
#   On s'en sert pour choisir : `t[V >= 0]` garde les instants où V est
#   positif.
# - Deux tranches décalées comparent chaque point au suivant : `V[:-1]` est
#   « avant », `V[1:]` est « après ».
#
# ### Coder
#
# Rendez les instants où V **franchit le seuil en montant** : sous le seuil au
# point d'avant, au seuil ou au-dessus à celui-ci. C'est l'instant du point
# d'après qui compte. Deux masques se combinent avec `&`, chacun entre
# parenthèses ; le masque obtenu a un point de moins que `t`.

# %% id="seuil-coder" exercise="00.3" points=2
def franchissements(t, V, seuil):
    """Instants (ms) des franchissements montants de seuil (mV) par V."""
    ### BEGIN SOLUTION
    monte = (V[:-1] < seuil) & (V[1:] >= seuil)
    return t[1:][monte]
    ### END SOLUTION

# %% id="seuil-verifier"
franchissements = exercise("00.3").check(franchissements)

# %% id="seuil-axone"
trace = hh.simulate(100, I=10)
instants = franchissements(trace.t, trace["V"], 0)
ecart = np.abs(instants - trace.spikes).max()
print("votre fonction :", len(instants), "impulsions ;",
      "la simulation :", len(trace.spikes))
print("plus grand écart entre les instants :", quantity(ecart, "ms", 4))

# %% [markdown] id="seuil-commentaire"
# Les sept impulsions de la section 3, retrouvées dans la trace. L'écart reste
# inférieur au pas, 0,01 ms : vous rendez l'instant du premier point au-dessus
# du seuil, la simulation estime l'instant exact, entre deux points. Le TD03
# dira comment.
#
# Le troisième geste : tirer au sort, trois fois trois nombres.

# %% id="hasard"
premier = np.random.default_rng(2018).normal(size=3)
second = np.random.default_rng(2018).normal(size=3)
autre = np.random.default_rng(2019).normal(size=3)
for tirage in premier, second, autre:
    print(" ; ".join(decimal(x, 3) for x in tirage))

# %% [markdown] id="hasard-commentaire"
# Deux générateurs de même **graine**, 2018, donnent les mêmes tirages ; une
# autre graine en donne d'autres. Une expérience qui annonce sa graine peut être
# refaite.

# %% [markdown] id="euler-situation"
# ## 7. Avancer pas à pas
#
# ### Situation
#
# La relaxation a une formule. La plupart des équations du cours n'en ont pas.
# Il ne reste alors que la pente : l'équation dit dans quelle direction partir,
# et à quelle vitesse.
#
# ### Formaliser
#
# Le schéma d'**Euler** fait semblant que la pente est constante pendant un
# petit pas $dt$ :
#
# $$V(t + dt) \approx V(t) + dt\; f\big(t, V(t)\big)$$
#
# où $f(t, V)$, en mV/ms, est le membre de droite de l'équation. Notre
# membrane part de −70 mV et va vers −60 mV, avec τ = 20 ms.
#
# Faites un pas de 10 ms à la main, puis un second. Où arrivez-vous ?
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# La pente de départ est (−60 + 70)/20 = 0,5 mV/ms : après 10 ms, −65 mV. La
# nouvelle pente vaut 0,25 mV/ms : après 20 ms, −62,5 mV.
#
# </details>

# %% [markdown] id="euler-predire"
# ### Prédire
#
# Le vrai potentiel, à 20 ms, est −63,7 mV. Avec des pas de 10 ms, on trouve
# −62,5 : l'erreur est de 1,18 mV. Pourquoi Euler arrive-t-il **trop haut** ?
# Et avec des pas de 5 ms, quelle erreur attendez-vous ?

# %% id="euler-pronostic"
pronostic("00.f", erreur_avec_5=None)  # en mV

# %% [markdown] id="euler-coder-texte"
# ### Coder
#
# Écrivez la boucle. On vous donne la fonction `f(t, y)`, la valeur de départ,
# le pas et le nombre de pas. Rendez le tableau des valeurs, **départ
# compris**.

# %% id="euler-coder" exercise="00.4" points=2
def euler(f, y_0, dt, n):
    """Les n + 1 valeurs du schéma d'Euler, de pas dt (ms)."""
    ### BEGIN SOLUTION
    y = [y_0]
    for k in range(n):
        y.append(y[-1] + dt * f(k * dt, y[-1]))
    return np.array(y)
    ### END SOLUTION

# %% id="euler-verifier"
euler = exercise("00.4").check(euler)

# %% id="euler-figure"
t = np.linspace(0, 40, 401)
traits = [Line(t, relaxation(t, -70, -60, 20), "exacte", "ink")]
for dt, couleur, forme in ((10, "vermillion", "circle"),
                           (5, "blue", "square")):
    x = dt * np.arange(40 // dt + 1)
    y = euler(membrane, -70.0, dt, 40 // dt)
    traits += [Line(x, y, "", couleur, "dash"),
               Points(x, y, f"Euler, dt = {dt} ms", couleur, forme)]
draw(Scene(((Panel("euler", Axis("t", "ms", (0, 40)), Axis(
    "V", "mV", (-71, -59)), tuple(traits)),),), height=330), 7)

# %% id="euler-comparer"
exact = relaxation(20, -70, -60, 20)
erreur = {dt: euler(membrane, -70.0, dt, 20 // dt)[-1] - exact
          for dt in (10, 5)}
print("avec des pas de 10 ms :", quantity(erreur[10], "mV", 2))
comparer("00.f", erreur_avec_5=erreur[5])

# %% [markdown] id="euler-commentaire"
# *Figure :* le potentiel exact monte de −70 mV vers −60 mV en ralentissant.
# Deux lignes brisées partent du même point et passent au-dessus : celle des
# pas de 10 ms, nettement ; celle des pas de 5 ms, moitié moins.
#
# La pente diminue pendant le pas, et Euler garde celle du début : il part trop
# vite. Avec des pas deux fois plus courts, l'erreur est divisée par deux, à
# peu près : de 1,18 à 0,51 mV. Une erreur proportionnelle au pas se dit
# **d'ordre 1**.

# %% [markdown] id="ordre-situation"
# ## 8. Mesurer l'ordre
#
# ### Situation
#
# « À peu près deux » ne suffit pas. Mesurons, sur beaucoup de pas, la loi que
# suit l'erreur.
#
# ### Formaliser
#
# Supposons l'erreur proportionnelle à une puissance du pas, $e = A\,dt^{\,p}$.
# L'exposant $p$ est l'**ordre**. En prenant les logarithmes :
#
# $$\ln e = \ln A + p\,\ln dt$$
#
# C'est une droite, de pente $p$. `np.polyfit(x, y, 1)` rend la pente et
# l'ordonnée à l'origine de la droite qui passe au mieux par des points.
#
# ### Coder
#
# Rendez l'ordre. Les erreurs peuvent être négatives : prenez leur valeur
# absolue.

# %% id="ordre-coder" exercise="00.5" points=2
def ordre(dt, erreur):
    """Ordre p de la loi |erreur| = A dt^p ; deux tableaux."""
    ### BEGIN SOLUTION
    return np.polyfit(np.log(dt), np.log(np.abs(erreur)), 1)[0]
    ### END SOLUTION

# %% id="ordre-verifier"
ordre = exercise("00.5").check(ordre)

# %% id="ordre-mesure"
exact, n = relaxation(20, -70, -60, 20), np.array([20, 40, 80, 160, 320])
dt = 20 / n
erreurs = np.array([euler(membrane, -70.0, 20 / k, k)[-1] - exact
                    for k in n])
for pas, e in zip(dt, erreurs, strict=True):
    print(f"dt = {quantity(pas, 'ms', 4)} : erreur {quantity(e, 'mV', 5)}")
print("ordre mesuré :", decimal(ordre(dt, erreurs), 3))

# %% [markdown] id="ordre-commentaire"
# L'ordre mesuré est 1,007 : Euler est d'ordre 1, à moins d'un pour cent près.
# Le reste vient des plus grands pas ; la loi n'est exacte que pour dt très
# petit.
#
# **Et quand il n'y a pas de formule exacte ?** Comparez le calcul à lui-même.
# Si l'erreur est $A\,dt$, celle du demi-pas est $A\,dt/2$ : l'écart entre les
# deux calculs vaut $A\,dt/2$, c'est-à-dire l'erreur qui reste. Vérifions.

# %% id="ordre-demi-pas"
grand, petit = (euler(membrane, -70.0, pas, round(20 / pas))[-1]
                for pas in (0.5, 0.25))
print("écart entre dt et dt/2 :", quantity(grand - petit, "mV", 4))
print("erreur vraie avec dt/2 :", quantity(petit - exact, "mV", 4))

# %% [markdown] id="ordre-regle"
# L'écart prédit l'erreur à 2 % près, sans connaître la réponse. C'est la règle
# de toute l'année : **recommencez avec dt/2 ; ce qui bouge n'est pas un
# résultat.**

# %% [markdown] id="ordre-expliquer" exercise="00.2x" manual=true points=1
# ### Expliquer
#
# Un rapport annonce : « avec dt = 0,1 ms, l'erreur est de 0,01 mV ; avec
# dt = 0,05 ms, elle est de 0,01 mV aussi ». Le schéma est d'ordre 1. Que
# pensez-vous de ce rapport ? Une phrase.
#
# ### BEGIN SOLUTION
# L'erreur aurait dû être divisée par deux : ce 0,01 mV ne vient donc pas du
# pas, mais d'autre chose, par exemple d'une référence elle-même inexacte ou
# d'une faute dans l'équation.
# ### END SOLUTION

# %% [markdown] id="rk-situation"
# ## 9. Quatre pentes valent mieux qu'une
#
# ### Situation
#
# Euler se trompe parce que la pente change en route. Regardons-la donc en
# route, avant de partir pour de bon.
#
# ### Formaliser
#
# Le schéma de **Runge et Kutta** d'ordre 4, RK4, demande quatre pentes [2] :
#
# $$k_1 = f(t,\;y) \qquad
# k_2 = f\left(t+\tfrac{dt}{2},\;y+\tfrac{dt}{2}k_1\right)$$
# $$k_3 = f\left(t+\tfrac{dt}{2},\;y+\tfrac{dt}{2}k_2\right) \qquad
# k_4 = f(t+dt,\;y+dt\,k_3)$$
# $$y(t+dt) \approx y + \frac{dt}{6}\,(k_1+2k_2+2k_3+k_4)$$
#
# Une pente au départ, deux au milieu, une à l'arrivée. Celles du milieu
# comptent double. Si $f$ ne dépendait que de $t$, ce serait la formule de
# Simpson pour les intégrales.

# %% [markdown] id="rk-predire"
# ### Prédire
#
# Divisez le pas par deux. Par combien l'erreur de RK4 est-elle divisée ?

# %% id="rk-pronostic"
pronostic("00.g", facteur=None)

# %% [markdown] id="rk-coder-texte"
# ### Coder
#
# Écrivez **un** pas. `y` est un nombre, ou un tableau quand il y a plusieurs
# variables : les mêmes lignes conviennent aux deux.

# %% id="rk-coder" exercise="00.6" points=2
def pas_rk4(f, t, y, dt):
    """La valeur à t + dt, par le schéma RK4 ; f(t, y) est la pente."""
    ### BEGIN SOLUTION
    k_1 = f(t, y)
    k_2 = f(t + dt / 2, y + dt / 2 * k_1)
    k_3 = f(t + dt / 2, y + dt / 2 * k_2)
    k_4 = f(t + dt, y + dt * k_3)
    return y + dt / 6 * (k_1 + 2 * k_2 + 2 * k_3 + k_4)
    ### END SOLUTION

# %% id="rk-verifier"
pas_rk4 = exercise("00.6").check(pas_rk4)

# %% [markdown] id="rk-mesure-texte"
# ### Vérifier
#
# Une boucle pour tous les schémas : `parcours` reçoit le pas à employer.
# Mesurons les deux ordres, et poussons RK4 jusqu'à des pas minuscules.

# %% id="rk-parcours"
def pas_euler(f, t, y, dt):
    return y + dt * f(t, y)


def parcours(pas, f, y, dt, n):
    """La valeur après n pas dt du schéma pas."""
    for k in range(n):
        y = pas(f, k * dt, y, dt)
    return y

# %% id="rk-mesure"
exact = relaxation(20, -70, -60, 20)
n = np.array([2, 4, 8, 20, 40, 100, 200, 400, 1000, 4000, 10000])
schemas = {"Euler": pas_euler, "RK4": pas_rk4}
erreurs = {nom: np.array([parcours(pas, membrane, -70.0, 20 / k, k) - exact
                          for k in n]) for nom, pas in schemas.items()}

# %% id="rk-figure"
dt, points = 20 / n, []
for nom, couleur, forme in (("Euler", "vermillion", "circle"),
                            ("RK4", "blue", "square")):
    x, y = np.log10(dt), np.log10(np.abs(erreurs[nom]) + 1e-16)
    points += [Line(x, y, "", couleur, "dash"),
               Points(x, y, nom, couleur, forme)]
draw(Scene(((Panel("ordre", Axis("log_{10} dt", "dt en ms", (-3, 1.2)),
                   Axis("log_{10} erreur", "erreur en mV", (-15, 1)),
                   tuple(points)),),), height=380), 7)

# %% id="rk-comparer"
for nom in erreurs:
    print(f"{nom} : ordre", decimal(ordre(dt[:6], erreurs[nom][:6]), 2))
print("Euler, 20 pentes :", number(erreurs["Euler"][3], 2), "mV ;",
      "RK4, 16 pentes :", number(erreurs["RK4"][1], 2), "mV")
comparer("00.g", facteur=erreurs["RK4"][3] / erreurs["RK4"][4])

# %% [markdown] id="rk-commentaire"
# *Figure :* l'erreur à 20 ms en fonction du pas, en échelles logarithmiques.
# Euler suit une droite de pente 1. RK4 descend d'abord bien plus raide, avec
# une pente de 4, puis cesse de descendre vers 10⁻¹³ mV, et remonte un peu.
#
# Ordre 4 : un pas deux fois plus court divise l'erreur par seize. Et à travail
# presque égal, une vingtaine de pentes, RK4 se trompe six cents fois moins
# qu'Euler.
#
# Et ce plancher ? L'ordinateur retient seize chiffres. Sur −60 mV, il arrondit
# donc vers 10⁻¹⁴. Quand le pas devient minuscule, les arrondis s'ajoutent, et
# raccourcir encore le pas ne fait qu'en ajouter. **La convergence a une fin.**

# %% [markdown] id="demi-situation"
# ## 10. Recommencez avec dt/2
#
# ### Situation
#
# Prenons l'habitude sur un modèle sans formule. Voici l'axone de la section 3,
# et le dernier instant où il décharge en 100 ms. Personne n'en connaît la
# valeur exacte.

# %% id="demi-mesure"
avant = None
for dt in (0.04, 0.02, 0.01, 0.005):
    dernier = hh.simulate(100, dt=dt, I=10).spikes[-1]
    ligne = f"dt = {quantity(dt, 'ms', 3)} : {quantity(dernier, 'ms', 7)}"
    if avant is not None:
        ligne += f" ; écart {quantity(dernier - avant, 'ms', 7)}"
    print(ligne)
    avant = dernier

# %% [markdown] id="demi-commentaire"
# Chaque écart est une quinzaine de fois plus petit que le précédent : vous
# reconnaissez l'ordre 4, celui du schéma que le cours emploie ici. Avec le pas
# ordinaire, 0,01 ms, vous pouvez donc annoncer 90,0310 ms, sans rien savoir de
# la solution exacte.

# %% [markdown] id="raide-situation"
# ## 11. Quand Euler explose
#
# ### Situation
#
# Sur la dendrite pend une épine, une petite tête au bout d'un col étroit. Son
# potentiel $V_e$ rejoint celui de la dendrite, $V_d$, avec la constante de
# temps de la section 2 : 0,01 ms. La dendrite, elle, met 20 ms à se charger.
#
# $$\frac{dV_d}{dt} = \frac{V_\infty - V_d}{20}
# \qquad \frac{dV_e}{dt} = \frac{V_d - V_e}{0{,}01}$$
#
# Au bout d'un instant, l'épine suit la dendrite de si près qu'on ne les
# distingue plus. Rien de rapide ne se passe.

# %% [markdown] id="raide-predire"
# ### Prédire
#
# Pour la dendrite seule, un pas de 0,5 ms suffisait. Quel est le plus grand
# pas qui permette encore à Euler de suivre l'épine ? Un ordre de grandeur.

# %% id="raide-pronostic"
pronostic("00.h", plus_grand_pas_euler=None)  # en ms

# %% id="raide-essai"
def pas_simple(f, t, V, dt):
    return V + dt * f(t, V)


def ecarts(pas, dt, n):
    """Écarts (mV) de l'épine à la dendrite, partis de 1 mV, en n pas."""
    V = np.array([-70.0, -69.0])
    suite = [V]
    with np.errstate(over="ignore", invalid="ignore"):
        for k in range(n):
            V = pas(epine, k * dt, V, dt)
            suite.append(V)
    return np.array([V[1] - V[0] for V in suite])

# %% id="raide-figure"
panneaux, k = [], np.arange(26)
for dt, couleur, haut in ((0.015, "blue", 1.2), (0.019, "green", 1.2),
                          (0.021, "vermillion", 12)):
    ecart = ecarts(pas_simple, dt, 25)
    panneaux.append(Panel(str(dt), Axis("pas", "", (0, 25), shown=dt > 0.02),
                          Axis("écart", "mV", (-haut, haut)), (
        Mark(y=0), Line(k, ecart, f"dt = {decimal(dt, 3)} ms", couleur),
        Points(k, ecart, "", couleur, size=5))))
draw(Scene((tuple(panneaux),), height=480), 7)

# %% [markdown] id="raide-figure-texte"
# *Figure :* l'écart entre l'épine et la dendrite, parti de 1 mV, pendant 25
# pas d'Euler. En haut, dt = 0,015 ms : des dents de scie, vite éteintes. Au
# milieu, 0,019 ms : les mêmes, qui s'éteignent lentement. En bas, 0,021 ms :
# les dents grandissent, jusqu'à plus de 10 mV.
#
# Deux millièmes de milliseconde de plus, et le calcul explose. Cherchons
# pourquoi.

# %% [markdown] id="raide-papier"
# ### Formaliser, sur le papier
#
# Tenez $V_d$ fixe. Appelez $e_k$ l'écart de l'épine à la dendrite après k pas
# d'Euler, et $\tau$ sa constante de temps.
#
# 1. Montrez que $e_{k+1} = \left(1 - \dfrac{dt}{\tau}\right) e_k$.
# 2. À quelle condition sur dt l'écart diminue-t-il ?
# 3. Que se passe-t-il entre $dt = \tau$ et $dt = 2\tau$ ?
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# $e_{k+1} = e_k - dt\,e_k/\tau$. L'écart diminue si
# $\left|1 - dt/\tau\right| < 1$, c'est-à-dire si $dt < 2\tau$. Entre τ et 2τ,
# le facteur est négatif : l'écart change de signe à chaque pas, et diminue
# quand même. Au-delà de 2τ, il change de signe et **grandit**.
#
# </details>

# %% id="raide-limite"
limite, essais = {}, np.arange(0.015, 0.035, 0.0005)
for nom, pas in (("Euler", pas_simple), ("RK4", pas_rk4)):
    # stable : après 500 pas, l'écart n'a pas grandi
    limite[nom] = max(dt for dt in essais if abs(ecarts(pas, dt, 500)[-1]) < 2)
    print(f"{nom} : stable jusqu'à {quantity(limite[nom], 'ms', 4)}")
comparer("00.h", plus_grand_pas_euler=limite["Euler"])

# %% [markdown] id="raide-commentaire"
# Euler tient jusqu'à 0,02 ms, deux fois la constante de temps de l'épine,
# comme votre calcul l'annonçait. RK4 fait à peine mieux. L'ordre ne protège
# pas : une méthode plus précise n'est pas plus **stable**.
#
# Le pas est donc dicté par un détail dont la solution ne garde aucune trace.
# Un tel problème se dit **raide**. Ici, il faut dix mille pas de 0,01 ms pour
# suivre cent millisecondes d'une courbe que dix points suffiraient à tracer.

# %% [markdown] id="implicite-formaliser"
# ### Formaliser
#
# Le remède : prendre la pente à l'**arrivée**, et non au départ. L'arrivée
# n'est pas connue ; c'est une équation à résoudre, d'où le nom de schéma
# d'Euler **implicite**. Pour une relaxation :
#
# $$V_{k+1} = V_k + dt\;\frac{V_\infty - V_{k+1}}{\tau}$$
#
# Sur votre feuille, isolez $V_{k+1}$. Que devient-il si dt est immense ?
#
# ### Coder
#
# Rendez $V_{k+1}$.

# %% id="implicite-coder" exercise="00.7" points=2
def pas_implicite(V, dt, V_inf, tau):
    """V (mV) après un pas dt (ms) d'Euler implicite vers V_inf."""
    ### BEGIN SOLUTION
    return (V + dt / tau * V_inf) / (1 + dt / tau)
    ### END SOLUTION

# %% id="implicite-verifier"
pas_implicite = exercise("00.7").check(pas_implicite)

# %% id="implicite-mesure"
exact = relaxation(20, -70, -60, 20)
for dt in (5, 2.5, 1.25):
    V_d = V_e = -70.0
    for _ in range(round(20 / dt)):
        V_d = pas_implicite(V_d, dt, -60, 20)
        V_e = pas_implicite(V_e, dt, V_d, 0.01)
    print(f"dt = {quantity(dt, 'ms', 2)} : épine à {quantity(V_e, 'mV', 3)},",
          f"erreur {quantity(V_e - exact, 'mV', 3)}")

# %% [markdown] id="implicite-commentaire"
# Des pas 250 fois plus grands que la limite d'Euler, et rien n'explose. Quand
# dt est immense, $V_{k+1}$ tend vers $V_\infty$ : il ne dépasse jamais son
# but.
#
# Mais l'erreur, de l'ordre du demi-millivolt, n'est divisée que par deux à
# chaque fois : la méthode est stable, et d'ordre 1. **Stable ne veut pas dire
# juste.** Le pas se choisit maintenant d'après la courbe, et non plus d'après
# l'épine.

# %% [markdown] id="raide-expliquer" exercise="00.3x" manual=true points=1
# ### Expliquer
#
# Une simulation d'Euler donne un potentiel en dents de scie : un point trop
# haut, un point trop bas, et ainsi de suite, sans exploser. Que devinez-vous
# du pas, par rapport à la plus petite constante de temps ?
#
# ### BEGIN SOLUTION
# Le facteur 1 − dt/τ est négatif : le pas est compris entre τ et 2τ, ou tout
# près de 2τ si les dents ne s'amortissent pas. La courbe n'est pas fiable.
# ### END SOLUTION

# %% [markdown] id="ivp-situation"
# ## 12. La bibliothèque
#
# ### Situation
#
# Vous savez ce qu'est un schéma ; vous n'en écrirez plus. La fonction
# `solve_ivp` de scipy choisit elle-même son pas : elle estime son erreur à
# chaque pas, le raccourcit quand elle est trop grande, l'allonge quand elle
# est petite [3]. Vous lui dites la précision voulue, et non le pas.
#
# ### Prédire
#
# Sur 100 ms, combien de fois va-t-elle appeler `membrane` ? Et `epine` ?

# %% id="ivp-pronostic"
pronostic("00.i", appels_membrane=None, appels_epine=None)

# %% id="ivp-essai"
from scipy.integrate import solve_ivp

douce = solve_ivp(membrane, (0, 100), [-70.0])
raide = solve_ivp(epine, (0, 100), [-70.0, -70.0])
comparer("00.i", appels_membrane=douce.nfev, appels_epine=raide.nfev)
autre = solve_ivp(epine, (0, 100), [-70.0, -70.0], method="Radau")
print("avec une méthode implicite, Radau :", autre.nfev, "appels")

# %% [markdown] id="ivp-precision-texte"
# Trente-huit appels pour l'une ; plus de vingt mille pour l'autre, dont la
# solution est pourtant aussi lisse. RK45, la méthode par défaut, est
# explicite : la raideur la condamne aux petits pas. Avec une méthode
# implicite, il en faut moins de cent. Un calcul **anormalement lent** est
# souvent un problème raide.
#
# Et la précision ? Elle se règle par `rtol`, relative, et `atol`, absolue.

# %% id="ivp-precision"
for rtol in (1e-3, 1e-6, 1e-9):
    solution = solve_ivp(membrane, (0, 100), [-70.0], rtol=rtol, atol=1e-9)
    vrai = relaxation(solution.t, -70, -60, 20)
    erreur = np.abs(solution.y[0] - vrai).max()
    print(f"rtol = {number(rtol)} : {solution.nfev} appels,",
          f"erreur de {number(1000 * erreur, 2)} µV")

# %% [markdown] id="ivp-precision-commentaire"
# Avec `rtol` = 0,001, sa valeur par défaut, l'erreur atteint trois centièmes de
# millivolt. C'est que `rtol` porte sur la taille de V, une soixantaine de
# millivolts, et non sur les dix millivolts parcourus : un millième autorise
# 0,06 mV par pas. Le contrôle est **local** ; l'erreur finale n'est pas
# promise. La règle tient donc toujours : recommencez avec une tolérance plus
# fine.

# %% [markdown] id="evenement-formaliser"
# ### Formaliser
#
# `solve_ivp(f, (0, T), [y_0], events=passe)` sait aussi s'arrêter **quand
# quelque chose arrive**. `passe(t, y)` est une fonction ; `solve_ivp` cherche
# l'instant où elle s'annule, entre deux pas, aussi finement que la solution le
# permet. `y` y est un tableau d'une case : son contenu est `y[0]`.
#
# - `passe.direction = 1` : seulement quand elle passe du négatif au positif ;
# - `passe.terminal = True` : on s'arrête là ;
# - `solution.t_events[0]` : le tableau des instants trouvés, peut-être vide.
#
# ### Coder
#
# Rendez l'instant où `y` atteint le seuil **en montant**, ou `np.nan` s'il ne
# l'atteint pas avant T. Demandez `rtol=1e-8` et `atol=1e-8`.

# %% id="evenement-coder" exercise="00.8" points=3
def instant_du_seuil(f, y_0, seuil, T):
    """Premier instant (ms) où y monte à seuil, avant T ; sinon NaN."""
    ### BEGIN SOLUTION
    def passe(t, y):
        return y[0] - seuil

    passe.direction, passe.terminal = 1, True
    solution = solve_ivp(f, (0, T), [y_0], events=passe,
                         rtol=1e-8, atol=1e-8)
    instants = solution.t_events[0]
    return instants[0] if len(instants) else np.nan
    ### END SOLUTION

# %% id="evenement-verifier"
instant_du_seuil = exercise("00.8").check(instant_du_seuil)

# %% id="evenement-mesure"
mesure = instant_du_seuil(membrane, -70, -62, 100)
print("atteint −62 mV à", quantity(mesure, "ms", 6))
print("formule : 20 ln 5 =", quantity(20 * np.log(5), "ms", 6))
print("atteint −58 mV à", instant_du_seuil(membrane, -70, -58, 100))

# %% [markdown] id="evenement-commentaire"
# La formule s'obtient en inversant la relaxation ; l'accord va jusqu'au
# dernier chiffre écrit. Quant à −58 mV, la membrane ne l'atteint jamais : elle
# s'arrête à −60. Un `nan`, « pas un nombre », le dit sans ambiguïté.
#
# Un seuil, un instant, et ensuite ? Si l'on remet V à zéro et qu'on
# recommence, on obtient un neurone. C'est le TD03.

# %% [markdown] id="bilan"
# ## Bilan
#
# Vous savez conduire un carnet, et le relancer quand il s'embrouille. Vous
# calculez sur des tableaux entiers, le temps d'abord. Vous savez avancer une
# équation pas à pas, mesurer de combien vous vous trompez, et reconnaître le
# moment où la méthode, et non le modèle, est en cause.
#
# **La figure à savoir dessiner de mémoire :** celle de la section 9. Deux
# droites en échelles logarithmiques, de pentes 1 et 4 ; et, sous la seconde,
# le plancher des arrondis.

# %% [markdown] id="musee-situation"
# ## Musée des erreurs
#
# Chaque TD ou presque garde une pièce : un programme qui tourne, dont les
# résultats sont plausibles, et qui est faux.
#
# **Pièce n° 0. Quatre pentes pour rien.** Une bibliothèque range l'état d'un
# modèle dans un dictionnaire, une pente par variable, et avance tout par RK4.
# Son auteur l'a essayée sur la membrane de ce TD : ordre 4, parfait. Lisez-la.

# %% id="musee-piece"
def pas_du_musee(derivees, etat, dt):
    """Un pas RK4 ; derivees[x](etat) est la pente de la variable x."""
    for x in etat:
        def pente(valeur, x=x):
            return derivees[x]({**etat, x: valeur})

        k_1 = pente(etat[x])
        k_2 = pente(etat[x] + dt / 2 * k_1)
        k_3 = pente(etat[x] + dt / 2 * k_2)
        k_4 = pente(etat[x] + dt * k_3)
        etat[x] += dt / 6 * (k_1 + 2 * k_2 + 2 * k_3 + k_4)
    return etat

# %% [markdown] id="musee-cas"
# Deux bancs d'essai. Le premier est la membrane. Le second relie un soma et
# une dendrite de même taille, chacun de constante de temps 20 ms, par une
# résistance qui égalise leurs potentiels en quelques millisecondes :
#
# $$\frac{dV_s}{dt} = -\frac{V_s}{20} + \frac{V_d - V_s}{5} \qquad
# \frac{dV_d}{dt} = -\frac{V_d}{20} + \frac{V_s - V_d}{5}$$
#
# Parti de $V_s = 10$ et $V_d = 0$ mV au-dessus du repos, le soma suit
# exactement $V_s(t) = 5\,e^{-t/20} + 5\,e^{-9t/20}$ : la somme des deux
# potentiels fuit lentement, leur différence s'efface vite.

# %% id="musee-banc"
bancs = {
    "membrane": ({"V": lambda e: (-60 - e["V"]) / 20}, {"V": -70.0},
                 relaxation(10, -70, -60, 20)),
    "soma et dendrite": (
        {"V_s": lambda e: -e["V_s"] / 20 + (e["V_d"] - e["V_s"]) / 5,
         "V_d": lambda e: -e["V_d"] / 20 + (e["V_s"] - e["V_d"]) / 5},
        {"V_s": 10.0, "V_d": 0.0}, 5 * np.exp(-0.5) + 5 * np.exp(-4.5)),
}

# %% id="musee-erreur"
def erreur_du_banc(pas, banc, n):
    """Erreur (mV) sur la première variable, à 10 ms, en n pas."""
    derivees, depart, exact = bancs[banc]
    etat = dict(depart)
    for _ in range(n):
        etat = pas(derivees, etat, 10 / n)
    return next(iter(etat.values())) - exact

# %% [markdown] id="musee-predire"
# ### Prédire
#
# Quel ordre la pièce du musée a-t-elle, avec une variable ? Avec deux ?

# %% id="musee-pronostic"
pronostic("00.j", une_variable=None, deux_variables=None)

# %% id="musee-mesure"
n = np.array([10, 20, 40, 80])
p = {}
for banc in bancs:
    e = np.array([erreur_du_banc(pas_du_musee, banc, k) for k in n])
    p[banc] = ordre(10 / n, e)
    print(f"{banc} : erreurs", " ; ".join(number(x, 2) for x in e), "mV")
comparer("00.j", une_variable=p["membrane"],
         deux_variables=p["soma et dendrite"])

# %% [markdown] id="musee-trouver"
# **Trouver.** Ordre 4 avec une variable, ordre 1 avec deux : la pièce se paie
# quatre pentes par variable, et ne converge pas plus vite qu'Euler. Relisez la boucle.
# Quand la dendrite avance, que vaut $V_s$ ? Et pendant que le soma avance, que
# fait $V_d$ ?
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# Pendant que le soma fait ses quatre essais, la dendrite est **figée** à son
# ancienne valeur ; les pentes « du milieu » du pas ne sont donc pas au milieu.
# Puis la dendrite avance à son tour, et voit un soma **déjà arrivé**. Les deux
# variables partagent un état dont les cases n'ont pas le même âge. L'erreur
# ainsi commise est proportionnelle à dt. Avec une seule variable, il n'y a
# personne à figer : l'essai de l'auteur ne pouvait rien révéler.
#
# </details>
#
# Il y a aussi un second défaut, plus discret : `etat[x] += …` modifie le
# dictionnaire **reçu**. C'est le piège de la section 6.

# %% [markdown] id="musee-reparer"
# **Réparer.** Réécrivez le pas : les quatre jeux de pentes se calculent chacun
# sur un état entier, tout d'un même âge. Rendez un nouveau dictionnaire, sans
# toucher à l'ancien.

# %% id="musee-coder" exercise="00.9" points=3
def pas_repare(derivees, etat, dt):
    """Un pas RK4 ; derivees[x](etat) est la pente de la variable x."""
    ### BEGIN SOLUTION
    def pentes(k, part):
        essai = {x: etat[x] + part * dt * k[x] for x in etat}
        return {x: derivees[x](essai) for x in etat}

    k_1 = {x: derivees[x](etat) for x in etat}
    k_2 = pentes(k_1, 1 / 2)
    k_3 = pentes(k_2, 1 / 2)
    k_4 = pentes(k_3, 1)
    return {x: etat[x] + dt / 6 * (k_1[x] + 2 * k_2[x] + 2 * k_3[x] + k_4[x])
            for x in etat}
    ### END SOLUTION

# %% id="musee-verifier"
pas_repare = exercise("00.9").check(pas_repare)

# %% [markdown] id="musee-prouver-texte"
# **Prouver.** La même mesure, sur les deux bancs, avec votre pas.

# %% id="musee-prouver"
for banc in bancs:
    e = np.array([erreur_du_banc(pas_repare, banc, k) for k in n])
    print(f"{banc} : ordre {decimal(ordre(10 / n, e), 2)} ;",
          "erreurs", " ; ".join(number(x, 2) for x in e), "mV")

# %% [markdown] id="musee-expliquer" exercise="00.4x" manual=true points=1
# **Expliquer.** L'auteur avait mesuré l'ordre de son programme, et trouvé 4.
# Quelle leçon en tirez-vous sur le choix d'un essai ? Une phrase.
#
# ### BEGIN SOLUTION
# Un essai ne prouve que ce qu'il met en jeu : pour éprouver un programme à
# plusieurs variables, il faut un cas où elles agissent l'une sur l'autre.
# ### END SOLUTION

# %% [markdown] id="plus-loin"
# ## Pour aller plus loin
#
# - **Ni explicite, ni implicite.** Pendant un pas, tenez la dendrite fixe et
#   donnez à l'épine sa relaxation **exacte**, l'exponentielle de la section 5 :
#   c'est le schéma d'Euler exponentiel, que le cours emploie pour certains
#   modèles. Est-il stable pour tout pas ? De quel ordre est-il ?
# - **Le long terme.** Un schéma d'ordre élevé peut dériver lentement sur des
#   millions de pas. Essayez Euler et RK4 sur un pendule, et suivez son
#   énergie. Les schémas dits symplectiques répondent à cette question [2].

# %% [markdown] id="references"
# ## Références
#
# 1. M. T. Harnett, J. K. Makara, N. Spruston, W. L. Kath, J. C. Magee,
#    « Synaptic amplification by dendritic spines enhances input
#    cooperativity », *Nature* 491 (2012) 599-602.
# 2. E. Hairer, S. P. Nørsett, G. Wanner, *Solving Ordinary Differential
#    Equations I : Nonstiff Problems*, 2ᵉ éd., Springer, 1993 ; et, pour les
#    schémas symplectiques, E. Hairer, C. Lubich, G. Wanner, *Geometric
#    Numerical Integration*, 2ᵉ éd., Springer, 2006.
# 3. P. Virtanen et coll., « SciPy 1.0 : fundamental algorithms for scientific
#    computing in Python », *Nature Methods* 17 (2020) 261-272. La page de
#    `scipy.integrate.solve_ivp` décrit les méthodes et leurs événements.
