# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] id="titre"
# # TD07 — Grands réseaux
#
# Mille neurones, un million de synapses, et un portable. Dans deux heures, vous
# saurez ce que coûte une impulsion, et ce que prouve une lésion.
#
# > **Objectifs.** À la fin, vous saurez :
# > - écrire le même réseau en boucles, en tableaux, puis en événements ;
# > - prévoir lequel gagne, en comptant les octets, et le lire sur le toit d'une
# >   machine ;
# > - repérer, dans une mesure de vitesse, ce qui n'était pas à mesurer ;
# > - dire jusqu'où deux simulations du même réseau doivent coïncider ;
# > - construire un modèle des ganglions de la base à partir de deux tableaux ;
# > - faire une lésion comme une expérience : une hypothèse, puis une mesure ;
# > - chercher le plus petit circuit qui garde une capacité, et dire ce que
# >   cette recherche ne prouve pas.
# >
# > **Prérequis.** Les tableaux du TD00, le neurone d'Izhikevich du TD02.
# >
# > **Durée.** Deux heures. Si le temps presse, gardez la section 4 et la
# > seconde moitié du musée pour chez vous.
# >
# > **Matériel repris.** Le neurone d'Izhikevich. Tout le reste s'écrit ici.

# %% [markdown] id="simplifications"
# > **Ce que ces modèles simplifient.**
# > - *Une synapse est un poids et un délai.* Ni dépression, ni plasticité, ni
# >   géométrie.
# > - *Un neurone est un point.* Ses dendrites ont disparu.
# > - *Des noyaux homogènes.* Deux neurones d'un même noyau ont les mêmes
# >   paramètres, et chacun parle à tous.
# > - *Un modèle de circonstance.* L'auteur des ganglions de la base que nous
# >   reprenons prévient qu'il ne cherche pas un modèle viable, mais à montrer
# >   son outil [1]. Ce que nous y trouverons sera vrai **du modèle**.

# %% [markdown] id="preparation-texte"
# Exécutez d'abord les cinq cellules suivantes. Ensuite, les sections 2 à 4 se
# servent de la première, les sections 6, 7 et le musée de la cinquième ; à cela
# près, chacune peut se faire seule.

# %% id="preparation"
# %matplotlib inline
import time
import warnings

import numpy as np

from course.exercises import comparer, exercise, pronostic
from course.network import Network, Noise
from course.neurons import izhikevich
from course.plot.french import decimal, quantity, short
from course.plot.mpl import draw
from course.plot.scene import Axis, Line, Mark, Panel, Points, Raster, Scene
from course.profile import budget, profile
from course.synapses import Alpha, Exponential, Pulse, VoltageJump

# %% id="dessin"
COULEURS = (("blue", "solid"), ("vermillion", "dash"), ("green", "dashdot"),
            ("purple", "dot"), ("orange", "long"), ("sky", "solid"))


def cadre(nom, x, y, courbes, titre=""):
    """Un panneau ; x et y sont (mot, unité, (bas, haut))."""
    return Panel(nom, Axis(*x), Axis(*y), tuple(courbes), title=titre)


def montrer(*panneaux, hauteur=340):
    """Les panneaux côte à côte."""
    largeur = 7 if len(panneaux) == 1 else 9.5
    return draw(Scene(tuple((p,) for p in panneaux),
                      widths=(1,) * len(panneaux), height=hauteur), largeur)

# %% id="dessin-log"
def cadre_log(nom, x, y, courbes, titre=""):
    """Un panneau en échelles logarithmiques, gradué en puissances de 10."""
    def axe(mot, unite, bornes):
        bas, haut = (float(np.log10(b)) for b in bornes)
        return Axis(f"log_{{10}} {mot}", unite, (bas, haut))
    return Panel(nom, axe(*x), axe(*y), tuple(courbes), title=titre)


def log(x, y, mot="", couleur="ink", trait="solid", largeur=2.0):
    """Une courbe dans un tel panneau."""
    return Line(np.log10(x), np.log10(y), mot, couleur, trait, largeur)

# %% id="chronometre"
def chrono(f, essais=5, fois=1):
    """La plus courte durée d'un appel de f, en secondes."""
    durees = []
    for _ in range(essais):
        debut = time.perf_counter()
        for _ in range(fois):
            f()
        durees.append((time.perf_counter() - debut) / fois)
    return min(durees)

# %% id="preparation-duree"
attente = budget(flash="15 s", td="30 s", complet="2 min")
print(f"Profil « {profile()} » : aucun calcul ne dépasse {attente}, sauf le "
      "premier réseau, que la machine compile.")
if profile() == "flash":
    print("En flash, plusieurs mesures prennent moins de pas ; elles le "
          "disent.")

# %% [markdown] id="tous-situation"
# ## 1. Mille neurones qui se parlent tous
#
# ### Situation
#
# En 2018, une thèse compare deux façons de simuler un réseau où chaque neurone
# est connecté à tous les autres [1]. L'une, avec numpy, additionne les lignes
# d'une matrice ; l'autre, avec tensorflow et une carte graphique, multiplie la
# matrice entière par un vecteur. Pour dix millions de synapses, la seconde est
# **dix fois plus rapide**. L'auteur en conclut que le produit de matrices est
# la bonne idée.
#
# Nous allons refaire ce réseau, et chercher d'où vient ce facteur dix.

# %% [markdown] id="tous-formaliser"
# ### Formaliser
#
# $n$ neurones d'Izhikevich [7], 60 % excitateurs, 40 % inhibiteurs, tous
# différents. Un courant extérieur de 5. Des synapses sans durée ni délai : ce
# que reçoit le neurone $j$ au pas suivant est
#
# $$I_j = 5 + \sum_{i \in F} w_{ij}$$
#
# - $F$ : les neurones qui déchargent à ce pas ;
# - $w_{ij}$ : le poids de $i$ **vers** $j$, de 0 à 0,5 si $i$ excite, de −1 à
#   0 s'il inhibe, sans unité comme le courant ;
# - le pas est de 0,2 ms, la durée de 200 ms : mille pas.
#
# La cellule suivante tire ce réseau, avec la graine de la thèse.

# %% id="tous-reseau"
def construire(n, part=0.6):
    """a, b, c, d et W du Programme 15, tirés avec la graine 123."""
    tirage = np.random.RandomState(123)
    n_e, n_i = round(n * part), round(n * (1 - part))
    r_e, r_i = (np.float32(tirage.rand(m)) for m in (n_e, n_i))
    e, i = np.ones(n_e, np.float32), np.ones(n_i, np.float32)
    a = np.concatenate([0.02 * e, 0.02 + 0.08 * r_i])
    b = np.concatenate([0.2 * e, 0.25 - 0.05 * r_i])
    c = np.concatenate([-65 + 15 * r_e**2, -65 * i])
    d = np.concatenate([8 - 6 * r_e**2, 2 * i])
    W = tirage.rand(n, n)
    W[:n_e] *= 0.5
    W[n_e:] *= -1
    return a, b, c, d, np.float32(W)

# %% [markdown] id="tous-predire"
# ### Prédire
#
# Avec n = 1000, un neurone décharge en moyenne 25 fois par seconde, et un pas
# dure 0,2 ms. Combien de neurones déchargent à un pas donné, en moyenne ? Et
# quelle part de la matrice, en pour cent, sert donc à ce pas ?

# %% id="tous-pronostic"
pronostic("07.a", neurones_par_pas=None, part_de_la_matrice=None)

# %% [markdown] id="boucle-coder"
# ### Coder
#
# D'abord comme on le lit : deux boucles. `decharge` est un tableau de n
# booléens ; rendez les n valeurs de $\sum_{i \in F} w_{ij}$, sans le 5.

# %% id="boucle-fonction" exercise="07.1" points=1
def entree_par_boucles(W, decharge):
    """Ce que chacun reçoit (n,) ; W[i, j] va de i vers j."""
    ### BEGIN SOLUTION
    I = np.zeros(len(W))
    for i in range(len(W)):
        if decharge[i]:
            for j in range(len(W)):
                I[j] += W[i, j]
    return I
    ### END SOLUTION

# %% id="boucle-verifier"
entree_par_boucles = exercise("07.1").check(entree_par_boucles)

# %% [markdown] id="pas-coder"
# Puis tous les neurones à la fois. Écrivez un pas de temps, **dans l'ordre de
# la thèse** :
#
# 1. ceux qui viennent de décharger repartent : v devient c, u augmente de d ;
# 2. u avance d'un pas d'Euler, avec $a\,(b\,v - u)$ ;
# 3. v avance avec $0{,}04\,v^2 + 5\,v + 140 - u + I$, où u est le
#    **nouveau** u ;
# 4. déchargent ceux qui ont atteint 30 mV ; leur v est ramené à 30.
#
# Pas de boucle : v, u, a… sont des tableaux de n valeurs.

# %% id="pas-fonction" exercise="07.2" points=2
def un_pas(v, u, decharge, I, a, b, c, d, dt):
    """(v, u, decharge) un pas dt (ms) plus tard ; v en mV."""
    ### BEGIN SOLUTION
    v = np.where(decharge, c, v)
    u = np.where(decharge, u + d, u)
    u = u + dt * (a * (b * v - u))
    v = v + dt * (0.04 * v**2 + 5 * v + 140 - u + I)
    decharge = v >= 30
    return np.where(decharge, 30, v), u, decharge
    ### END SOLUTION

# %% id="pas-verifier"
un_pas = exercise("07.2").check(un_pas)

# %% id="tous-simuler"
def simuler(n, entree, T=200, dt=0.2, reel=np.float64):
    """(instants en ms, neurones) des impulsions, en une liste chacun."""
    a, b, c, d, W = (x.astype(reel) for x in construire(n))
    v, u = np.full(n, -65, reel), b * reel(-65)
    decharge, I = np.zeros(n, bool), np.full(n, 5, reel)
    instants, neurones = [], []
    for m in range(round(T / dt)):
        v, u, decharge = un_pas(v, u, decharge, I, a, b, c, d, dt)
        I = reel(5) + entree(W, decharge)
        F = np.flatnonzero(decharge)
        instants.append(np.full(len(F), m * dt))
        neurones.append(F)
    return np.concatenate(instants), np.concatenate(neurones)

# %% id="tous-figure"
def produit(W, decharge):
    """Le produit de la matrice par le vecteur de 0 et de 1."""
    return W.T @ decharge.astype(W.dtype)


t, numero = simuler(1000, produit)
en_20_ms = int((t < 20).sum())
print(f"n = 1000 : {en_20_ms} impulsions en 20 ms, {len(t)} en 200 ms")
comparer("07.a", neurones_par_pas=len(t) / 1000,
         part_de_la_matrice=100 * len(t) / 1000 / 1000)
montrer(cadre("diagramme", ("temps", "ms", (0, 200)), ("neurone", "",
        (0, 1000)), [Raster(t, numero), Mark(y=600, dash="dash")]))

# %% [markdown] id="tous-commentaire"
# *Figure :* le diagramme de décharges des mille neurones ; le tireté sépare
# les excitateurs, en bas, des inhibiteurs. Les inhibiteurs déchargent par
# volées, toutes les dix millisecondes environ. Les excitateurs ne paraissent
# que deux fois, presque tous ensemble, vers 30 et vers 180 ms.
#
# À un pas moyen, cinq neurones déchargent. Le produit lit pourtant le million
# de poids, et multiplie par zéro 99,5 % d'entre eux.

# %% [markdown] id="evenement-coder"
# ### Coder
#
# Alors, ne lisons que ce qui sert. `F` est la liste des numéros de ceux qui
# déchargent. Rendez la même somme, sans lire une autre ligne que celles-là.
# Dans les essais, presque toutes les lignes que personne n'a demandées
# contiennent NaN : qui les lit se trahit.

# %% id="evenement-fonction" exercise="07.3" points=1
def entree_par_evenements(W, F):
    """Ce que chacun reçoit (n,), en ne lisant que les lignes F."""
    ### BEGIN SOLUTION
    return W[F].sum(axis=0)
    ### END SOLUTION

# %% id="evenement-verifier"
entree_par_evenements = exercise("07.3").check(entree_par_evenements)

# %% id="evenement-meme"
def evenements(W, decharge):
    """Vos événements, à partir des booléens."""
    return entree_par_evenements(W, np.flatnonzero(decharge))


for nom, entree in (("boucles", entree_par_boucles), ("produit", produit),
                    ("événements", evenements)):
    if nom == "boucles" and profile() == "flash":
        continue  # en flash, les boucles ne sont pas exécutées
    t, _ = simuler(100, entree)
    print(f"n = 100, {nom} : {(t < 20).sum()} impulsions en 20 ms,",
          f"{len(t)} en 200 ms")

# %% [markdown] id="evenement-commentaire"
# La même physique, trois écritures : 139 impulsions en 20 ms, 611 en 200 ms.
# Il reste à savoir ce que chacune coûte.

# %% [markdown] id="cout-situation"
# ## 2. Ce que coûte une impulsion
#
# ### Prédire
#
# n = 1000, cinq neurones déchargent. Combien de fois les événements vont-ils
# plus vite que le produit ? Combien de fois le produit va-t-il plus vite que
# vos boucles ?

# %% id="cout-pronostic"
pronostic("07.b", evenements_contre_produit=None, produit_contre_boucles=None)

# %% id="cout-mesure"
W = construire(1000)[-1]
decharge = np.zeros(1000, bool)
decharge[::200] = True
durees = {"boucles": chrono(lambda: entree_par_boucles(W, decharge), 1),
          "produit": chrono(lambda: produit(W, decharge), 7, 20),
          "événements": chrono(lambda: evenements(W, decharge), 7, 20)}
for nom, duree in durees.items():
    print(f"{nom} : {short(float(f'{1e6 * duree:.2g}'))} µs par pas")
comparer("07.b",
         evenements_contre_produit=durees["produit"] / durees["événements"],
         produit_contre_boucles=durees["boucles"] / durees["produit"])

# %% [markdown] id="cout-formaliser"
# Des boucles qui sautent d'emblée les neurones muets sont déjà des événements,
# écrits lentement : l'idée compte autant que l'outil.
#
# ### Formaliser
#
# Un poids tient sur 4 octets en `float32`, 8 en `float64`. Un processeur fait
# une addition en moins de temps qu'il n'en faut pour aller chercher un nombre
# en mémoire : comptons donc d'abord les octets.
#
# ### Coder
#
# Combien d'octets de poids lit un pas : par le produit, puis par les
# événements, quand k neurones déchargent ?

# %% id="octets-fonction" exercise="07.4" points=1
def octets_lus(n, k, taille):
    """(produit, événements) : octets de poids lus à un pas."""
    ### BEGIN SOLUTION
    return n * n * taille, k * n * taille
    ### END SOLUTION

# %% id="octets-verifier"
octets_lus = exercise("07.4").check(octets_lus)

# %% [markdown] id="croisement-texte"
# ### Vérifier
#
# Le produit lit toujours autant ; les événements, d'autant plus que k est
# grand. Mesurons les deux, de un neurone qui décharge jusqu'à tous.

# %% id="croisement-figure"
n = 2000
W = np.random.default_rng(1).random((n, n), np.float32)
k = np.unique(np.geomspace(1, n, 12).astype(int))
listes = [np.linspace(0, n - 1, x).astype(int) for x in k]
t_evenements = np.array([chrono(
    lambda F=F: entree_par_evenements(W, F), 5, 2) for F in listes])
f = np.ones(n, np.float32)
t_produit = chrono(lambda: W.T @ f, 25)
gagne = t_evenements > t_produit
print(f"n = {n} : le produit l'emporte", f"dès {k[gagne.argmax()]} neurones"
      " environ" if gagne.any() else "jamais ; machine occupée ?")

# %% id="croisement-courbes"
montrer(cadre_log("pas", ("k", "neurones", (0.9, 2200)), ("durée", "µs",
        (1, 3e4)), [
    log(k, 1e6 * t_evenements, "événements", *COULEURS[0]),
    log(k, 1e6 * np.full(len(k), t_produit), "produit", *COULEURS[1]),
    log(k, k * 1e6 * t_evenements[-1] / n, "∝ k", "grey", "dot", 1.2)]))

# %% [markdown] id="croisement-commentaire"
# *Figure :* la durée d'un pas selon le nombre k de neurones qui déchargent, en
# échelles logarithmiques. Le produit, tireté, est plat. Les événements, en
# plein, partent bien plus bas, restent presque plats tant que l'appel de
# Python domine, puis rejoignent une droite de pente 1 et passent au-dessus du
# produit.
#
# Le produit gagne donc quand une bonne partie du réseau décharge **au même
# pas**. Nos cinq neurones sur mille en sont loin. Et quand tous déchargent, il
# gagne encore, alors que les deux lisent autant : `W[F]` recopie les lignes
# avant de les sommer.

# %% [markdown] id="toit-formaliser"
# ### Formaliser
#
# Pourquoi le produit de matrices a-t-il si bonne réputation ? À cause d'un
# nombre : l'**intensité**, les opérations faites par octet lu [2]. Une machine
# a deux limites :
#
# - la **crête** : les opérations qu'elle fait par seconde quand les nombres
#   sont déjà là, en milliards par seconde ;
# - le **débit** : les octets que sa mémoire apporte par seconde, en Go/s.
#
# Les deux travaillent ensemble ; le plus lent des deux décide.
#
# ### Coder
#
# Rendez les milliards d'opérations par seconde que la machine atteint au
# mieux, pour une intensité donnée.

# %% id="toit-fonction" exercise="07.5" points=1
def toit(intensite, crete, debit):
    """Milliards d'opérations/s, au mieux ; intensite en opérations/octet."""
    ### BEGIN SOLUTION
    return np.minimum(crete, debit * intensite)
    ### END SOLUTION

# %% id="toit-verifier"
toit = exercise("07.5").check(toit)

# %% [markdown] id="toit-predire"
# ### Prédire
#
# Le produit d'une matrice `float32` par un vecteur fait une multiplication et
# une addition par poids de 4 octets. Quelle est son intensité ? Et si l'on
# multiplie la matrice par 64 vecteurs d'un coup, soit 64 réseaux de mêmes
# poids, ou 64 essais ?

# %% id="toit-pronostic"
pronostic("07.c", un_vecteur=None, vecteurs_64=None)

# %% id="toit-mesure"
n = 4000
W = np.random.default_rng(1).random((n, n), np.float32)
X = np.ones((n, 64), np.float32)
F = np.arange(0, n, 40)
A, a, b = W[:1500, :1500].copy(), W.ravel(), W.ravel().copy()
crete = 2 * 1500**3 / chrono(lambda: A @ A, 3) / 1e9
debit = 2 * W.nbytes / chrono(lambda: a @ b, 5) / 1e9
essais = {"produit, 1 vecteur": (2 * n * n, lambda: W.T @ X[:, 0]),
          "produit, 64 vecteurs": (128 * n * n, lambda: W.T @ X),
          "événements": (n * len(F), lambda: entree_par_evenements(W, F))}
octets = (W.nbytes, W.nbytes, n * len(F) * 4)
comparer("07.c", un_vecteur=2 / 4, vecteurs_64=128 / 4)
print(f"crête : {decimal(crete, 0)} milliards/s ; débit :",
      quantity(debit, "Go/s", 0))

# %% id="toit-figure"
x = np.geomspace(0.05, 100, 200)
traits = [log(x, toit(x, crete, debit), "le toit", "ink", "solid", 2.5)]
formes = ("circle", "square", "triangle")
for (nom, (ops, f)), o, forme, (couleur, _) in zip(
        essais.items(), octets, formes, COULEURS, strict=False):
    duree = chrono(f, 7)
    traits.append(Points(np.log10(ops / o), np.log10(ops / duree / 1e9), nom,
                         couleur, forme, 11))
    print(f"{nom} : {quantity(1000 * duree, 'ms', 2)},",
          f"{decimal(ops / duree / 1e9, 1)} milliards/s")
montrer(cadre_log("toit", ("intensité", "opérations/octet", (0.05, 100)), (
    "vitesse", "milliards/s", (0.1, 1000)), traits))

# %% [markdown] id="toit-commentaire"
# *Figure :* le **toit** de cette machine : une pente, où la mémoire décide,
# puis un plateau, où le calcul décide. À gauche, le long de la pente, les
# événements et le produit par un vecteur. À droite, sous le plateau, le
# produit par 64 vecteurs. Un point un peu au-dessus de la pente a trouvé une
# partie de ses octets déjà dans le cache du processeur.
#
# Un seul réseau est sur la pente : chaque poids lu ne sert qu'une ou
# deux fois. Soixante-quatre réseaux de mêmes poids se partagent la lecture, et
# la machine calcule enfin. Une carte graphique a un toit plus haut des deux
# côtés ; la forme est la même.
#
# Les événements n'atteignent qu'une petite part de la crête, et finissent
# pourtant bien **avant** le produit : ils font quatre-vingts fois moins
# d'opérations. Une vitesse ne vaut que rapportée à ce qui était à faire.

# %% [markdown] id="cout-expliquer" exercise="07.1x" manual=true points=1
# ### Expliquer
#
# Un collègue a une carte graphique et un réseau du cortex où chaque neurone
# décharge à 5 Hz. Un autre entraîne un réseau sur des lots de 256 images, avec
# les mêmes poids pour toutes. À qui conseillez-vous le produit dense, et
# pourquoi ?
#
# ### BEGIN SOLUTION
# Au second. Ses 256 images partagent chaque poids lu : l'intensité est grande,
# et la machine atteint sa crête. Chez le premier, à chaque pas, un neurone sur
# mille décharge : le produit lit mille fois trop, et l'intensité d'un seul
# vecteur est trop petite pour que la crête de la carte serve.
# ### END SOLUTION

# %% [markdown] id="histoire-situation"
# ## 3. D'où vient le facteur dix ?
#
# ### Situation
#
# Revenons à la thèse. Ses lignes additionnées auraient dû gagner, et elles
# perdent d'un facteur dix. Voici la fin de sa boucle numpy, telle quelle :
#
# ```python
# # Storing states
# Is = np.vstack((Is, I.T))
# vs = np.vstack((vs, v.T))
# us = np.vstack((us, u.T))
# ```
#
# `np.vstack` n'allonge pas un tableau : il en écrit un **neuf**, où il recopie
# tout l'ancien. La version tensorflow, elle, garde ses états dans une liste.
#
# ### Coder
#
# Au pas m, de 1 à M − 1, l'un de ces `vstack` écrit un tableau de m + 1 lignes
# de n nombres. Combien d'octets écrit-il en tout ?

# %% id="histoire-fonction" exercise="07.6" points=2
def octets_copies(n, M, taille):
    """Octets qu'un vstack par pas écrit en M − 1 pas."""
    ### BEGIN SOLUTION
    lignes = M * (M + 1) // 2 - 1
    return n * taille * lignes
    ### END SOLUTION

# %% id="histoire-verifier"
octets_copies = exercise("07.6").check(octets_copies)

# %% [markdown] id="histoire-predire"
# ### Prédire
#
# n = 1000, les mille pas de la thèse, trois tableaux en `float32`. Quelle part
# de la durée totale, en pour cent, est passée à recopier le passé ?

# %% id="histoire-pronostic"
pronostic("07.d", part_des_copies=None)

# %% id="histoire-mesure"
def duree(n, M, garder):
    """Secondes pour M pas par événements ; garder(x) après chacun."""
    a, b, c, d, W = construire(n)
    v, u = np.full(n, np.float32(-65)), b * np.float32(-65)
    decharge, I = np.zeros(n, bool), np.full(n, np.float32(5))
    debut = time.perf_counter()
    for _ in range(M):
        v, u, decharge = un_pas(v, u, decharge, I, a, b, c, d, 0.2)
        I = np.float32(5) + evenements(W, decharge)
        garder((v, u, I))
    return time.perf_counter() - debut

# %% id="histoire-copies"
passe, M = {}, budget(flash=300, td=1000, complet=1000)


def empiler(etats):
    """Comme la thèse : un tableau neuf par variable et par pas."""
    for k, x in enumerate(etats):
        ligne = x.astype(np.float32)[None]
        passe[k] = np.vstack((passe[k], ligne)) if k in passe else ligne

# %% id="histoire-durees"
seul, avec = duree(1000, M, lambda x: None), duree(1000, M, empiler)
print(f"{M} pas, n = 1000 : {quantity(seul, 's', 2)} ; avec les vstack,",
      quantity(avec, "s", 2))
print("octets écrits par les copies :",
      quantity(3 * octets_copies(1000, M, 4) / 1e9, "Go", 2))
comparer("07.d", part_des_copies=100 * (1 - seul / avec))

# %% [markdown] id="histoire-commentaire"
# Presque tout, avec les mille pas de la thèse. Les copies croissent comme
# $M^2$ : deux fois plus de pas en coûtent quatre fois plus. La thèse croyait
# comparer deux façons de sommer des poids ; elle comparait surtout une liste
# et un `vstack`.
#
# Sa carte graphique, son tensorflow et son numpy ne sont pas les nôtres : nous
# ne savons pas ce que vaudrait sa mesure sans les copies. Mais nous savons
# qu'elle ne mesurait pas ce qu'elle croyait. Un tableau réservé d'avance,
# `np.empty((M, n))`, écrit chaque ligne une fois.

# %% [markdown] id="cours-texte"
# La bibliothèque du cours fait le même calcul par événements, en code
# compilé. Le modèle du Programme 15 met u avant v : on l'écrit ainsi.

# %% id="cours-modele"
from course.dynamics import Model

u_dabord = Model(
    "du/dt = a*(b*v - u)\ndv/dt = 0.04*v**2 + 5*v + 140 - u + I",
    init=izhikevich.init, spike="v >= 30", reset="v = c; u = u + d",
    **izhikevich.parameters)

# %% id="cours-reseau"
def reseau_15(n):
    """Le même réseau, pour course.network."""
    a, b, c, d, W = (x.astype(float) for x in construire(n))
    net = Network(dt=0.2, seed=1, method="semi_implicit")
    net.population("N", n, u_dabord, current=5.0, start={"u": -65 * b},
                   a=a, b=b, c=c, d=d)
    net.connect("N", "N", np.float32(W), kernel=Pulse())
    return net

# %% id="cours-mesure"
for n in (100, 1000):
    net = reseau_15(n)
    t = net.run(200, progress=False).spikes["N"].times
    print(f"n = {n} : {(t < 20 - 1e-9).sum()} impulsions en 20 ms,",
          f"{len(t)} en 200 ms")
cours = chrono(lambda: net.run(200, progress=False), 3)
print(f"mille pas, n = 1000 : {quantity(1000 * cours, 'ms')}, contre",
      quantity(1e6 * seul / M, "ms", 0), "pour vos événements")

# %% [markdown] id="cours-commentaire"
# Mêmes impulsions, sans Python entre deux pas : il ne reste que les poids à
# lire.

# %% [markdown] id="arrondi-situation"
# ## 4. Jusqu'où deux simulations s'accordent-elles ?
#
# ### Situation
#
# La thèse compare ses deux programmes, et les dit équivalents « aux méthodes
# d'arrondis près ». Prenons-la au mot. Un `float32` garde 7 chiffres, un
# `float64` 16. Et $0{,}04\,v^2 + 5\,v$ peut s'écrire $(0{,}04\,v + 5)\,v$ :
# c'est le même nombre sur le papier, mais pas au dernier chiffre.
#
# ### Prédire
#
# Cinq programmes : deux écritures, en `float32`, en `float64`, ou en mêlant les
# deux. Donnent-ils le même nombre d'impulsions, `"oui"` ou `"non"` : en 20 ms,
# pour n = 1000 ? En 200 ms ?

# %% id="arrondi-pronostic"
pronostic("07.e", memes_en_20_ms=None, memes_en_200_ms=None)

# %% id="arrondi-ecritures"
def developpee(v):
    """Comme dans l'énoncé de la section 1."""
    return 0.04 * v**2 + 5 * v + 140


def factorisee(v):
    """Comme dans le listing de la thèse."""
    return (0.04 * v + 5) * v + 140

# %% id="arrondi-programmes"
def impulsions(n, polynome, reel, courant, T=200, dt=0.2):
    """Instants (ms) des impulsions ; courant est le type de I."""
    a, b, c, d, W = (x.astype(reel) for x in construire(n))
    v, u = np.full(n, -65, reel), b * reel(-65)
    F, I, instants = np.array([], int), np.full(n, 5, courant), []
    for m in range(round(T / dt)):
        v[F], u[F] = c[F], u[F] + d[F]
        du = a * (b * v - u)
        u = u + dt * du
        v = v + dt * (polynome(v) - u + I)
        F = np.flatnonzero(v >= 30)
        v[F] = 30
        I = courant(5) + entree_par_evenements(W, F)
        instants.append(np.full(len(F), m * dt))
    return np.concatenate(instants)

# %% id="arrondi-mesure"
# 64, 32 : la précision ; mêlée : états en float32, I en float64
f32, f64 = np.float32, np.float64
programmes = {"développée, 64": (developpee, f64, f64),
              "factorisée, 64": (factorisee, f64, f64),
              "développée, 32": (developpee, f32, f32),
              "factorisée, 32": (factorisee, f32, f32),
              "factorisée, mêlée": (factorisee, f32, f64)}
trains = {(n, mot): impulsions(n, *p) for n in (100, 1000)
          for mot, p in programmes.items()}
for (n, mot), t in trains.items():
    print(f"n = {n}, {mot} : {(t < 20).sum()} en 20 ms, {len(t)} en 200 ms")
meme = {T: len({int((t < T).sum()) for (n, _), t in trains.items()
                if n == 1000}) == 1 for T in (20, 200)}
comparer("07.e", **{f"memes_en_{T}_ms": "oui" if x else "non"
                    for T, x in meme.items()})

# %% id="arrondi-figure"
bords = np.linspace(0, 200, 401)
compte = {mot: np.searchsorted(t, bords)
          for (n, mot), t in trains.items() if n == 1000}
juste = compte.pop("développée, 64")
traits = [Line(bords, x - juste, mot, *trait)
          for (mot, x), trait in zip(compte.items(), COULEURS, strict=False)]
haut = 1.1 * max(np.abs(x - juste).max() for x in compte.values())
montrer(cadre("écart", ("temps", "ms", (0, 200)), (
    "écart, en impulsions", "", (-0.2 * haut, haut)), traits))

# %% [markdown] id="arrondi-commentaire"
# *Figure :* l'écart du nombre d'impulsions avec l'écriture développée en
# `float64`, au cours du temps. Les deux programmes où I est en `float64`
# restent à zéro, ou presque. Les deux autres, tout en `float32`, s'en écartent
# par à-coups à partir de 50 ms ; vers 180 ms, l'écart atteint des centaines
# d'impulsions : la seconde volée des excitateurs est partie plus tôt.
#
# En 20 ms, 139 et 463, partout : c'est là que l'on vérifie un programme. En
# 200 ms, 611 en `float64` ; 612 quand les états sont en `float32` et le
# courant en `float64`, comme le listing le permet ; 613 ou 614 tout en
# `float32`. Pour n = 1000, de 4949 à 4981. Ce n'est plus une erreur, c'est le
# **chaos** : une différence au dernier chiffre grandit, jusqu'à déplacer une
# impulsion, qui en déplace d'autres. Passé ce moment, on ne compare plus des
# impulsions, mais des **statistiques** : un taux, une loi.

# %% [markdown] id="arrondi-expliquer" exercise="07.2x" manual=true points=1
# ### Expliquer
#
# Vous récrivez un simulateur pour carte graphique. Quel test écrivez-vous pour
# dire qu'il est juste ? Donnez un critère pour le début, et un pour la suite.
#
# ### BEGIN SOLUTION
# Les premières millisecondes, avant que l'arrondi ne déplace une impulsion :
# exactement les mêmes impulsions. Ensuite, des grandeurs moyennes, comparées
# sur plusieurs graines : les taux par population doivent différer de moins que
# d'une graine à l'autre.
# ### END SOLUTION

# %% [markdown] id="ganglions-situation"
# ## 5. Sept noyaux, deux tableaux
#
# ### Situation
#
# Les ganglions de la base choisissent, dit-on, quelle action laisser passer
# [3]. Ils sont faits de quelques noyaux qui s'excitent et s'inhibent. La thèse
# en construit un modèle à partir de deux tableaux de sept lignes : les poids,
# et les délais [1].
#
# - **CTX**, le cortex : l'entrée, 2000 neurones, seul à recevoir du dehors ;
# - **D1** et **D2**, les deux populations du striatum, 400 chacune ;
# - **GPi**, le globus pallidus interne : la sortie, 200 neurones ;
# - **TA** et **TI**, les deux populations du pallidum externe, 300 chacune ;
# - **STN**, le noyau subthalamique : 400 neurones, qui excitent.

# %% id="ganglions-tables"
NOMS = ["CTX", "D1", "D2", "GPi", "TA", "TI", "STN"]
TAILLES = [2000, 400, 400, 200, 300, 300, 400]
regulier = {"a": 0.02, "b": 0.2, "c": -65.0, "d": 8.0}
rapide = {"a": 0.1, "b": 0.2, "c": -65.0, "d": 2.0}
en_bouffees = {"a": 0.02, "b": 0.2, "c": -55.0, "d": 4.0}
NEURONES = [regulier, rapide, rapide, regulier, rapide, rapide, en_bouffees]
POIDS = np.array([  # une ligne par source, une colonne par cible
    [0, 30, 6, 0, 0, 0, 30],  # CTX
    [0, -2, -2, -10, 0, 0, 0],  # D1
    [0, -2, -3, 0, -2, -2, 0],  # D2
    [0, 0, 0, 0, 0, 0, 0],  # GPi
    [0, -2, -2, 0, -2, -2, -2],  # TA
    [0, -2, -2, -2, -2, -2, -4],  # TI
    [0, 0, 0, 20, 20, 20, 0]], float)  # STN

# %% id="ganglions-delais"
DELAIS = np.array([  # en ms
    [0, 10, 10, 0, 0, 0, 2.5],  # CTX
    [0, 14, 10, 7, 0, 0, 0],  # D1
    [0, 11, 13, 0, 5, 5, 0],  # D2
    [0, 0, 0, 0, 0, 0, 0],  # GPi
    [0, 6, 6, 0, 1, 1, 4],  # TA
    [0, 6, 6, 3, 1, 1, 4],  # TI
    [0, 0, 0, 1.5, 2, 2, 0]])  # STN

# %% [markdown] id="ganglions-formaliser"
# ### Formaliser
#
# Chaque impulsion donne à chaque cible un courant qui dure :
#
# $$I_+(t) = w\,e^{-t/20}, \qquad I_-(t) = w\,\frac{t}{50}\,e^{1 - t/50}$$
#
# $t$ est le temps écoulé depuis l'arrivée, en ms. Le premier est coupé à 20 ms,
# le second à 100 ms. Le cortex reçoit $7\,\nu$, avec $\nu$ gaussien de moyenne
# 1 et d'écart type 3, propre à chaque neurone, tiré toutes les 0,2 ms.
#
# Reste à passer d'une case à une matrice. Une case $W$ est partagée entre les
# $n$ neurones de la source ; puis chaque synapse tire un nombre gaussien
# $\nu$, d'écart type 1 :
#
# $$w_{ij} = \frac{W}{n}\,(1 + \nu_{ij}) \qquad\text{ou zéro, si }
# 1 + \nu_{ij} < 0$$
#
# La coupe évite qu'une synapse inhibitrice ne devienne excitatrice.
#
# ### Coder

# %% id="tirer-fonction" exercise="07.7" points=1
def tirer_poids(w, nu):
    """Poids (source, cible) d'une voie de case w ; nu, même forme."""
    ### BEGIN SOLUTION
    return w / len(nu) * np.maximum(0, 1 + nu)
    ### END SOLUTION

# %% id="tirer-verifier"
tirer_poids = exercise("07.7").check(tirer_poids)

# %% [markdown] id="ganglions-construire-texte"
# Le réseau se construit case après case : vingt-quatre voies, près de cinq
# millions de synapses. Le pas est de 0,2 ms : les délais de 1,5 et 2,5 ms sont
# arrondis.

# %% id="ganglions-construire"
def ganglions(dt=0.2, graine=123, coupe=100, reduction=1):
    """Les ganglions ; coupe de l'inhibition en ms ; tailles divisées."""
    net, rng = Network(dt, graine), np.random.default_rng(graine)
    tailles = [n // reduction for n in TAILLES]
    for nom, n, p in zip(NOMS, tailles, NEURONES, strict=True):
        net.population(nom, n, izhikevich, start={"u": -65 * p["b"]}, **p,
                       current=7.0 if nom == "CTX" else 0.0,
                       noise=Noise(21, every=0.2) if nom == "CTX" else None)
    for i, j in np.argwhere(POIDS):
        nu = rng.standard_normal((tailles[i], tailles[j]))
        delai = round(DELAIS[i, j] / dt + 1e-9) * dt
        net.connect(NOMS[i], NOMS[j], tirer_poids(POIDS[i, j], nu), delai,
                    Exponential(20, cut=20) if POIDS[i, j] > 0
                    else Alpha(50, cut=coupe))
    return net

# %% [markdown] id="ganglions-predire"
# ### Prédire
#
# Seul le cortex reçoit du dehors : du bruit, le même à tout instant. À quoi
# ressemblera l'activité du GPi, la sortie : `"continue"`, `"rythmée"` ou
# `"nulle"` ? Combien de fois par seconde un de ses neurones décharge-t-il ?

# %% id="ganglions-pronostic"
pronostic("07.f", activite=None, taux_du_GPi=None)

# %% id="ganglions-simuler"
intact = ganglions()
debut = time.perf_counter()
run = intact.run(1000, record={"GPi": {"I": range(50)}, "STN": {
    "I": range(50)}}, progress=False)
print(intact)
print("une seconde simulée en",
      quantity(time.perf_counter() - debut, "s", 2), "(compilation comprise)")
print("taux :", ", ".join(f"{nom} {quantity(f, 'Hz')}"
                          for nom, f in run.rates().items()))

# %% id="ganglions-figure"
def diagramme(run, noms=NOMS, par_noyau=60, nom="diagramme", titre=""):
    """Les impulsions de quelques neurones de chaque noyau."""
    items, etages = [], len(noms)
    for k, (n, (couleur, _)) in enumerate(zip(
            noms, (*COULEURS, ("ink", "")), strict=False)):
        t, i = run.spikes[n]
        vus = i < par_noyau
        base = (etages - 1 - k) * par_noyau * 1.15
        items += [Raster(t[vus], base + i[vus], "", couleur),
                  Mark(-0.14 * run.T, base + 0.35 * par_noyau, n, couleur)]
    haut = etages * par_noyau * 1.15
    return Panel(nom, Axis("temps", "ms", (-0.16 * run.T, run.T)),
                 Axis("neurones", "", (0, haut), ticks=()), tuple(items),
                 title=titre)

# %% id="ganglions-diagramme"
comparer("07.f", activite="rythmée", taux_du_GPi=run.rate("GPi"))
montrer(diagramme(run), hauteur=480)

# %% [markdown] id="ganglions-commentaire"
# *Figure :* une seconde d'activité, soixante neurones par noyau. Le cortex, en
# haut, décharge sans ordre. Tous les autres se taisent, puis déchargent
# ensemble pendant une vingtaine de millisecondes, puis se taisent : huit fois
# par seconde.
#
# Rien dans l'entrée ne bat. Le rythme naît du circuit. Le taux du GPi ne le
# disait pas : il comptait des bouffées, et non des impulsions
# réparties. **Avant un taux, regardez un diagramme.**

# %% [markdown] id="moyenne-predire"
# ### Prédire
#
# Regardons le courant moyen que reçoit un neurone du GPi pendant cette
# seconde. Il décharge souvent : ce courant moyen est-il `"positif"` ou
# `"négatif"` ?

# %% id="moyenne-pronostic"
pronostic("07.g", courant_moyen=None)

# %% id="moyenne-figure"
traits = []
for nom, trait in zip(("GPi", "STN"), COULEURS, strict=False):
    I = run.trace(nom, "I").mean(axis=1)
    print(f"{nom} : courant moyen {decimal(I.mean())}, de",
          decimal(I.min(), 0), "à", decimal(I.max(), 0))
    traits.append(Line(run.t, I, nom, *trait, 2))
moyenne = run.trace("GPi", "I").mean()
comparer("07.g", courant_moyen="positif" if moyenne > 0 else "négatif")
montrer(cadre("courant", ("temps", "ms", (0, 600)), ("courant", "",
        (-120, 110)), [*traits, Mark(y=0, dash="solid")]))

# %% [markdown] id="moyenne-commentaire"
# *Figure :* le courant reçu, moyenne de cinquante neurones, par le GPi (plein)
# et par le STN (tirets). Une pointe vers le haut, brève ; puis une longue
# inhibition, quatre fois plus longue ; puis elle cède, et tout recommence.
#
# Le courant moyen est très négatif, et le noyau décharge. Un modèle de taux
# comme ceux du TD04, nourri de cette moyenne, l'aurait déclaré muet. Ici,
# **l'ordre des événements compte plus que leur somme** : l'excitation arrive
# d'abord, l'inhibition ensuite, quand tout est dit.

# %% [markdown] id="ganglions-manipuler"
# ### Manipuler
#
# L'explorateur montre le même réseau. Peignez une lésion sur le diagramme, ou
# choisissez un noyau ; changez la force g de toutes les synapses, multipliez
# les délais. Chaque simulation garde la graine de la précédente : la
# différence que vous voyez vient de votre geste, et non du hasard.
#
# **Trois défis :** trouvez le g en dessous duquel le rythme ne part plus (il
# est entre 0,25 et 0,5) ; ralentissez le rythme à moins de 7 Hz par les
# délais (il y faut les multiplier par 4) ; trouvez un noyau dont la lésion ne
# change le rythme de personne.

# %% id="ganglions-explorer"
from course.widgets import explore_network

explore_network()

# %% [markdown] id="lesion-situation"
# ## 6. Une lésion est une expérience
#
# ### Situation
#
# Détruire le noyau subthalamique atténue les troubles moteurs de singes rendus
# parkinsoniens [4] ; on le stimule aujourd'hui chez des patients. Dans un
# modèle, une lésion est parfaite : elle ne touche que ce que l'on vise, et
# l'on peut garder les mêmes poids, le même bruit, la même graine.
#
# Une lésion sans hypothèse n'apprend rien. Écrivez la vôtre avant.
#
# ### Prédire
#
# Pour chaque lésion, dites ce que devient le taux du GPi : `"monte"`,
# `"baisse"` ou `"reste"` (à 10 % près).
#
# - **STN** : le seul noyau qui excite le GPi ;
# - **D2** : la voie dite indirecte ;
# - **D1** : l'inhibiteur le plus fort du GPi, −10 dans le tableau ;
# - **TI** : l'autre inhibiteur du GPi.

# %% id="lesion-pronostic"
pronostic("07.h", STN=None, D2=None, D1=None, TI=None)

# %% id="lesion-mesure"
def taux(run, depart=100):
    """Taux (Hz) de chaque noyau, sans les premières ms."""
    duree = (run.T - depart) / 1000
    return {n: (run.spikes[n].times >= depart).sum() / run.sizes[n] / duree
            for n in NOMS}


lesions = {"intact": intact} | {f"sans {n}": intact.lesion(n)
                                for n in ("STN", "D2", "D1", "TI")}
runs = {nom: net.run(600, progress=False) for nom, net in lesions.items()}
mesures = {nom: taux(r) for nom, r in runs.items()}
print("Hz".ljust(9), *(n.rjust(6) for n in NOMS))
for nom, f in mesures.items():
    print(nom.ljust(9), *(decimal(f[n]).rjust(6) for n in NOMS))

# %% id="lesion-comparer"
def mot(avant, apres):
    """« monte », « baisse », ou « reste » à 10 % près."""
    if abs(apres - avant) <= 0.1 * avant:
        return "reste"
    return "monte" if apres > avant else "baisse"


avant = mesures["intact"]["GPi"]
comparer("07.h", **{n: mot(avant, mesures[f"sans {n}"]["GPi"])
                    for n in ("STN", "D2", "D1", "TI")})
montrer(*(diagramme(runs[nom], par_noyau=40, nom=nom, titre=nom)
          for nom in ("intact", "sans STN", "sans D1")), hauteur=420)

# %% [markdown] id="lesion-commentaire"
# *Figure :* 600 ms du réseau intact, sans STN, sans D1. Sans STN, le pallidum
# et le GPi se taisent ; D1, seul avec lui-même, fait des bouffées plus longues.
# Sans D1, sa ligne est vide, et rien d'autre ne semble avoir changé.
#
# - **Sans STN**, le GPi se tait, et D1 décharge davantage : le pallidum, que le
#   STN excitait, ne le freine plus. Une seule lésion, quatre noyaux touchés.
# - **Sans D2**, rien : il déchargeait à peine. Un noyau muet ne manque à
#   personne.
# - **Sans D1**, presque rien, malgré le −10. C'est la surprise. Son inhibition
#   arrive après la bouffée, dans un silence que d'autres imposent déjà.
# - **Sans TI**, le GPi **baisse**, alors que TI l'inhibe. TI inhibe aussi le
#   STN, et prépare ainsi la bouffée suivante.
#
# Un tableau de poids se lit mal. Une flèche inhibitrice ne dit pas « moins »,
# elle dit « plus tard ».

# %% [markdown] id="lesion-expliquer" exercise="07.3x" manual=true points=1
# ### Expliquer
#
# Choisissez votre pronostic le plus faux. Quelle idée l'avait dicté, et quelle
# mesure, dans le tableau ou la figure, la contredit ?
#
# ### BEGIN SOLUTION
# Par exemple D1 : « ôter un inhibiteur libère ». Le GPi ne monte pas, parce
# que son silence entre deux bouffées vient aussi de TI et du manque
# d'excitation, et que pendant la bouffée, l'inhibition de D1 n'est pas encore
# arrivée : son délai est de 7 ms, et son noyau culmine à 50 ms.
# ### END SOLUTION

# %% [markdown] id="algorithme-situation"
# ## 7. Le plus petit circuit qui batte
#
# ### Situation
#
# L'introduction de la thèse imagine ceci. On découpe un modèle en parties ; on
# sait mesurer s'il a une capacité C. Quelles parties lui sont nécessaires ?
#
# > Pour toutes les sous-parties du système : tenter d'enlever la sous-partie
# > courante. Si le système a encore C, on l'enlève définitivement. Sinon, on
# > la réintègre.
#
# ### Coder
#
# `parties` est une liste de noms ; `capable(liste)` rend vrai si le système
# réduit à cette liste a la capacité. Rendez la liste de ce qui reste, dans
# l'ordre de `parties`.

# %% id="garder-fonction" exercise="07.9" points=2
def garder(parties, capable):
    """Les parties qui restent, après les avoir essayées une à une."""
    ### BEGIN SOLUTION
    reste = list(parties)
    for p in parties:
        essai = [q for q in reste if q != p]
        if capable(essai):
            reste = essai
    return reste
    ### END SOLUTION

# %% id="garder-verifier"
garder = exercise("07.9").check(garder)

# %% [markdown] id="capacite-texte"
# Il nous faut une capacité que l'on sache mesurer : **le STN bat**. Une
# bouffée commence après 40 ms de silence ; nous demandons au moins quatre
# bouffées en 400 ms. Le cortex est l'entrée : nous ne l'ôtons pas.
#
# Pour faire beaucoup d'essais, divisons les tailles par quatre. Chaque case
# étant partagée entre les sources, une cible reçoit autant qu'avant, en
# moyenne.

# %% id="capacite"
def bouffees(instants, silence=40):
    """Débuts (ms) des bouffées d'un noyau : une après chaque silence."""
    if len(instants) == 0:
        return np.array([])
    neuf = np.diff(instants, prepend=-np.inf) > silence
    return instants[neuf]

# %% id="capacite-bat"
essais, reduit = {}, ganglions(reduction=4)


def bat(parties):
    """Le STN bat-il, quand seuls le cortex et ces noyaux sont là ?"""
    cle = frozenset(str(p) for p in parties)
    if cle not in essais:
        net = reduit
        for n in set(NOMS[1:]) - cle:
            net = net.lesion(n)
        t = net.run(400, progress=False).spikes["STN"].times
        essais[cle] = len(bouffees(t)) >= 4
    return essais[cle]

# %% [markdown] id="ordre-predire"
# ### Prédire
#
# Six noyaux sont à essayer. Combien en restera-t-il ? Et si l'on essaie dans
# l'ordre inverse, restera-t-il les mêmes, `"oui"` ou `"non"` ?

# %% id="ordre-pronostic"
pronostic("07.i", combien=None, les_memes=None)

# %% id="ordre-mesure"
noyaux = NOMS[1:]
premier, second = garder(noyaux, bat), garder(noyaux[::-1], bat)
print("dans l'ordre :", ", ".join(premier))
print("dans l'ordre inverse :", ", ".join(second))
print("essais :", len(essais))
for n in ("TA", "TI"):
    print(f"sans {n} seul, le STN bat :",
          "oui" if bat([m for m in noyaux if m != n]) else "non")
comparer("07.i", combien=len(premier), les_memes="oui" if set(
    premier) == set(second) else "non")

# %% [markdown] id="ordre-commentaire"
# Il reste deux noyaux, mais pas les mêmes. TA et TI se **remplacent** : ôtez
# l'un, l'autre suffit ; ôtez les deux, le rythme meurt. Une étude qui ferait
# une lésion à la fois conclurait que ni l'un ni l'autre n'est nécessaire.
#
# L'algorithme rend donc un ensemble dont on ne peut plus rien ôter. Est-ce le
# plus petit ? Ici, oui, par chance. Supposons qu'une capacité tienne par
# quatre parties ensemble, ou par une cinquième seule : si la cinquième est
# essayée la première, elle part, et il en reste quatre.

# %% [markdown] id="petit-coder"
# ### Coder
#
# Cherchez le plus petit ensemble capable, en essayant les ensembles de zéro
# partie, puis d'une, puis de deux… `combinations(parties, k)`, du module
# `itertools`, énumère les ensembles de k parties. S'il y en a plusieurs de
# même taille, rendez le premier qu'elle donne.

# %% id="petit-fonction" exercise="07.10" points=2
def plus_petit(parties, capable):
    """Le premier des plus petits ensembles capables, en liste."""
    ### BEGIN SOLUTION
    from itertools import combinations
    for k in range(len(parties) + 1):
        for essai in combinations(parties, k):
            if capable(list(essai)):
                return list(essai)
    return None
    ### END SOLUTION

# %% id="petit-verifier"
plus_petit = exercise("07.10").check(plus_petit)

# %% id="petit-mesure"
def ou_bien(parties):
    """Capable par A, B, C et D ensemble, ou par E seule."""
    return set("ABCD") <= set(parties) or "E" in parties


for ordre in ("ABCDE", "EABCD"):
    print(f"ordre {ordre} : l'algorithme garde",
          "".join(garder(list(ordre), ou_bien)), "; le plus petit est",
          "".join(plus_petit(list(ordre), ou_bien)))
print("le plus petit circuit qui batte :", ", ".join(
    plus_petit(noyaux, bat)), "; essais en tout :", len(essais))

# %% [markdown] id="petit-commentaire"
# Le plus petit est sûr, mais il se paie : jusqu'à $2^n$ essais, contre n. Pour
# 6 noyaux, 64 au pire ; pour 100 aires, plus que la vie du Soleil n'a de
# secondes. L'algorithme de la thèse est une approximation, et son résultat
# dépend de l'ordre : dites toujours lequel.
#
# Dans ce modèle, un noyau qui excite, un noyau qui l'inhibe en retour : le
# STN et une moitié du pallidum externe battent à eux deux. D'autres modèles du
# rythme parkinsonien ont proposé la même boucle [5].

# %% [markdown] id="petit-expliquer" exercise="07.4x" manual=true points=1
# ### Expliquer
#
# L'algorithme dit que le GPi n'est pas nécessaire à la capacité « le STN
# bat ». Donnez une capacité pour laquelle il le serait, et dites ce que
# signifie, alors, « la fonction d'un noyau ».
#
# ### BEGIN SOLUTION
# « Transmettre le rythme au thalamus » exige le GPi, seule sortie du modèle.
# Une lésion ne révèle pas la fonction d'un noyau, mais sa nécessité pour une
# capacité que nous avons choisie, par une mesure que nous avons choisie, les
# autres noyaux étant là.
# ### END SOLUTION

# %% [markdown] id="bilan"
# ## Bilan
#
# Vous savez écrire un réseau en événements, prévoir quand le produit de
# matrices l'emporte, et chercher dans une mesure de vitesse ce qui n'était pas
# à mesurer. Vous savez où deux simulations doivent coïncider à l'impulsion
# près, et où seules leurs statistiques se comparent. Vous savez faire d'une
# lésion une expérience, et dire ce qu'elle ne prouve pas.
#
# **La figure à savoir dessiner de mémoire :** sept lignes d'impulsions, le
# cortex sans ordre en haut, et sous lui des colonnes étroites, huit par
# seconde, séparées par du silence.

# %% [markdown] id="musee-situation"
# ## Musée des erreurs
#
# **Pièce n° 7. Le bruit qui s'évapore.** Le listing de la thèse donne au
# cortex un courant `7*np.random.normal(1, 3)`, tiré à chaque pas de temps. Le
# modèle, lui, ne parle pas de pas. Suivons la consigne de tous les TD :
# recommencez avec dt/2.

# %% id="musee-piece"
def cortex(dt, bruit):
    """Taux (Hz) du cortex en une seconde ; rien ne lui revient."""
    net = Network(dt, seed=123)
    net.population("CTX", 2000, izhikevich, current=7.0, noise=bruit,
                   start={"u": -13.0}, **regulier)
    return net.run(1000, progress=False).rate("CTX")


for dt in (0.2, 0.1, 0.05):
    f = cortex(dt, Noise(21, every=dt))
    print(f"dt = {short(dt)} ms, bruit tiré à chaque pas :",
          quantity(f, "Hz"))

# %% [markdown] id="musee-trouver"
# 27,6, puis 22,9, puis 20 Hz : le taux ne converge pas, il fond.
#
# **Trouver.** Le schéma est-il en cause ? Gardez le bruit tiré toutes les
# 0,2 ms, et divisez le pas : que devient le taux ? (`Noise(21, every=0.2)`.)
#
# **Expliquer, sur le papier.** Ce qui agit sur la membrane est l'intégrale du
# courant. Pendant T, on fait T/dt tirages indépendants, d'écart type sd, qui
# durent dt chacun. Quelle est la variance de leur intégrale ?
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# Chaque tirage apporte une variance $(sd\,dt)^2$ ; il y en a $T/dt$ ; en
# tout, $sd^2\,dt\,T$. Elle est proportionnelle à dt : tiré deux fois plus
# souvent, le bruit a deux fois moins de puissance. À la limite, il n'y en a
# plus.
#
# </details>
#
# **Réparer.** Le bruit d'origine est d'écart type `sd`, tiré tous les `every`.
# On veut le tirer à chaque pas `dt`. Quel écart type lui donner pour que la
# variance de l'intégrale ne change pas ?

# %% id="musee-fonction" exercise="07.11" points=2
def ecart_type_du_pas(sd, every, dt):
    """Écart type d'un bruit tiré tous les dt ; every et dt en ms."""
    ### BEGIN SOLUTION
    return sd * np.sqrt(every / dt)
    ### END SOLUTION

# %% id="musee-verifier"
ecart_type_du_pas = exercise("07.11").check(ecart_type_du_pas)

# %% [markdown] id="musee-prouver-texte"
# **Prouver.** Deux réparations : garder l'intervalle, ou corriger l'écart
# type. Les taux ne doivent plus bouger qu'un peu.

# %% id="musee-prouver"
for dt in (0.2, 0.1, 0.05):
    sd = float(ecart_type_du_pas(21, 0.2, dt))
    print(f"dt = {short(dt)} ms : tiré toutes les 0,2 ms,",
          quantity(cortex(dt, Noise(21, every=0.2)), "Hz"),
          f"; écart type corrigé ({decimal(sd, 1)}),",
          quantity(cortex(dt, Noise(sd, every=dt)), "Hz"))

# %% [markdown] id="musee-commentaire"
# Le cortex reste à 27,6 Hz, à 0,3 Hz près. C'est la racine de dt du TD03, sous
# un autre masque : **un bruit se définit par son intensité, jamais par le
# hasard d'un pas.**

# %% [markdown] id="musee-coupe-texte"
# **Pièce n° 7 bis. La moyenne qui monte.** « On ajoute de l'aléatoire dans les
# poids », dit la thèse, sans dire qu'on en change la moyenne. Couper à zéro
# ôte des négatifs. De combien la moyenne de $\max(0, 1 + s\,\nu)$ dépasse-t-elle
# 1 ? Calculez, par une formule ou une intégrale, et non par un tirage.

# %% id="musee-coupe-fonction" exercise="07.8" points=2
def hausse(s):
    """Moyenne de max(0, 1 + s ν), moins 1 ; s > 0, ν gaussien réduit."""
    ### BEGIN SOLUTION
    from scipy.stats import norm
    return s * norm.pdf(1 / s) - norm.cdf(-1 / s)
    ### END SOLUTION

# %% id="musee-coupe-verifier"
hausse = exercise("07.8").check(hausse)

# %% id="musee-coupe-mesure"
(voie,) = (c for c in intact.connections if (c.pre, c.post) == ("CTX", "D1"))
w = voie.weights * 2000 / 30
print("sur le papier :", f"{decimal(100 * float(hausse(1.0)), 2)} %")
print("dans les", w.size, "synapses de CTX à D1 :",
      f"{decimal(100 * (w.mean() - 1), 2)} %")
print("synapses muettes :", f"{decimal(100 * (w == 0).mean(), 1)} %")

# %% [markdown] id="musee-coupe-commentaire"
# 8,3 % de plus, pour toutes les voies, et une synapse sur six est muette. Le
# tableau de la thèse dit 30 ; le modèle reçoit 32,5. Un autre écart se voit
# d'un coup d'œil : le texte donne 400 neurones au STN, le listing 200. Cela
# change-t-il les taux ?

# %% id="musee-stn"
from course.network import basal_ganglia

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # deux délais sont arrondis au pas
    for n in (400, 200):
        taux_n = basal_ganglia(STN=n).run(1000, progress=False).rates()
        print(f"STN de {n} neurones :", ", ".join(
            f"{nom} {decimal(f)}" for nom, f in taux_n.items()), "Hz")

# %% [markdown] id="musee-stn-commentaire"
# Presque rien : le poids d'une case est partagé entre les sources. Un écart
# entre un texte et son programme n'est pas toujours une erreur ; il se mesure,
# et il se dit.

# %% [markdown] id="musee-rythme-texte"
# **Pièce n° 7 ter. D'où vient le rythme ?** Huit bouffées par seconde. Une
# propriété de la boucle, avons-nous écrit. De quoi dépend sa période ? Les
# délais sont de quelques millisecondes, et la période de 126. Il n'y a qu'un
# nombre de cette taille dans le programme : la **coupe** des synapses
# inhibitrices, à 100 ms, mise là pour épargner du calcul.
#
# Que devient la période, en ms, si l'on coupe à 60 ms ? à 200 ms ?

# %% id="musee-rythme-pronostic"
pronostic("07.j", coupe_60=None, coupe_200=None)

# %% id="musee-rythme-figure"
coupes = budget(flash=(60, 100, 200), td=(60, 80, 100, 150, 200),
                complet=(60, 80, 100, 120, 150, 175, 200))
periodes = {}
for coupe in coupes:
    net = ganglions(coupe=coupe, reduction=budget(flash=4, td=1, complet=1))
    t = net.run(700, progress=False).spikes["STN"].times
    periodes[coupe] = float(np.diff(bouffees(t))[1:].mean())
    print(f"coupe à {coupe} ms : période de",
          quantity(periodes[coupe], "ms", 0))
comparer("07.j", coupe_60=periodes[60], coupe_200=periodes[200])
x = np.array(coupes, float)
montrer(cadre("période", ("coupe", "ms", (0, 220)), ("période", "ms",
        (0, 250)), [Line(x, x, "période = coupe", "grey", "dash"), Points(
            x, list(periodes.values()), "mesurée", "vermillion", size=10)]))

# %% [markdown] id="musee-rythme-commentaire"
# *Figure :* la période selon la coupe. Les points montent en ligne droite,
# parallèle au tireté « période = coupe », une vingtaine de millisecondes plus
# haut.
#
# Le rythme à 8 Hz est celui d'une **troncature**. À 100 ms, l'inhibition vaut
# encore 74 % de son maximum ; la coupe l'annule d'un coup, et tout repart. Le
# circuit choisit qui bat ; le programmeur a choisi quand. Vérifiez avec
# `coupe=None` : sans coupe, le battement ne disparaît pas, mais il devient
# lent et irrégulier.
#
# Une approximation faite pour aller plus vite a fabriqué le résultat le plus
# visible du modèle. Changez un nombre qui ne devrait pas compter : c'est le
# dt/2 des autres paramètres.

# %% [markdown] id="musee-rythme-expliquer" exercise="07.5x" manual=true points=1
# **Expliquer.** Les lésions de la section 6 sont-elles à jeter ? Dites laquelle
# de leurs conclusions survit à cette découverte, laquelle est à refaire, et
# comment.
#
# ### BEGIN SOLUTION
# Que le STN soit nécessaire survit sans doute : lui seul excite le GPi et le
# pallidum. Ce qui repose sur le silence entre deux bouffées est à refaire,
# comme l'inutilité de D1 : il faut recommencer les mêmes lésions avec une
# coupe assez longue pour que l'inhibition s'éteigne d'elle-même, et garder ce
# qui ne change pas.
# ### END SOLUTION

# %% [markdown] id="plus-loin"
# ## Pour aller plus loin
#
# **Les quatre régimes d'un réseau équilibré.** Brunel a calculé, en 2000, tout
# ce que sait faire un réseau de neurones intègre-et-tire que l'inhibition
# équilibre [6]. Deux questions suffisent à le décrire. Les neurones
# déchargent-ils **ensemble** (S) ou non (A) ? Chacun est-il **régulier** (R) ou
# irrégulier (I) ? Les voici tous, dans de petits réseaux : g est la force de
# l'inhibition, η celle du bombardement extérieur.

# %% id="brunel-reseau"
from course.dynamics import Model

lif = Model("dV/dt = -V/tau : mV", spike="V >= 20", reset="V = 10",
            refractory=2.0, tau=20.0)
regimes = {"SR": (3, 2, 0.2, 0.5, (1.5, 1.5)),
           "AR": (3, 2, 0.2, 0.5, (0.1, 3)),
           "SI": (6, 4, 0.2, 0.5, (1.5, 1.5)),
           "AI": (6, 2, 0.4, 0.1, (0.1, 5), 2000)}

# %% id="brunel-construire"
def brunel(g, eta, J, part, delais, n=1000, dt=0.1):
    """J en mV ; part des sources reçues ; délais entre deux bornes (ms)."""
    net, rng = Network(dt, seed=1), np.random.default_rng(1)
    tailles = {"E": 4 * n // 5, "I": n // 5}
    for nom, m in tailles.items():
        net.population(nom, m, lif, start={"V": rng.uniform(0, 20, m)})
        net.poisson(nom, eta * 20 / (J * 20) * 1000, J)
    for de, w in (("E", J), ("I", -g * J)):
        for a in tailles:
            D = np.round(rng.uniform(*delais, (tailles[de], tailles[a])), 1)
            net.connect(de, a, w, D, VoltageJump(), autapses=False,
                        degree=round(part * tailles[de]))
    return net

# %% id="brunel-mesure"
T, panneaux = budget(flash=200, td=300, complet=1000), []
for nom, reglage in regimes.items():
    r = brunel(*reglage).run(T, progress=False)
    t, i = r.spikes["E"]
    ecarts = [np.diff(t[(i == k) & (t > 50)]) for k in range(200)]
    cv = np.mean([x.std() / x.mean() for x in ecarts if len(x) > 2])
    bords, f = r.population_rate("E", 0.5)
    f = f[bords > 50]
    print(f"{nom} : {quantity(r.rate('E'), 'Hz', 0)}, CV {decimal(cv, 2)},",
          f"variation du taux {decimal(f.std() / f.mean(), 2)}")
    panneaux.append(cadre(nom, ("temps", "ms", (T - 60, T)), ("", "",
        (0, 60)), [Raster(t[i < 60], i[i < 60])], f"{nom}, g = {reglage[0]}"))
montrer(*panneaux, hauteur=320)

# %% [markdown] id="brunel-commentaire"
# *Figure :* soixante neurones excitateurs pendant 60 ms, dans quatre réseaux.
# SR : des barres verticales serrées, tous ensemble. AR : des lignes obliques
# brouillées ; chacun est une horloge, mais à sa propre heure. SI : des barres
# plus espacées, où chacun ne paraît qu'une fois sur plusieurs. AI : une averse.
#
# De SR à AR, seuls les délais ont changé : dispersés, ils défont la synchronie.
# De R à I, c'est l'inhibition qui domine, et le bruit qui décide. Nos réseaux
# sont petits : AI y reste un peu synchrone. Brunel en prend 12 500,
# `course.network.brunel` les simule.
#
# - **Le cortex est-il AI ?** Mesurez le CV des intervalles dans le réseau de
#   12 500 neurones, et comparez-le à celui des neurones du cortex, dont parlait
#   le TD03.
# - **Un rythme sans truquage.** Remplacez, dans `ganglions`, le noyau
#   inhibiteur par `Exponential(10)`, sans coupe, et cherchez si un rythme
#   demeure ; comparez avec le mécanisme de Terman et ses collègues [5].

# %% [markdown] id="references"
# ## Références
#
# 1. A. Granier, *Modélisation mathématique et informatique de neurones :
#    création d'une bibliothèque Python/Tensorflow pour la simulation de réseaux
#    de spiking-neurons*, 2018, introduction et deuxième partie, programmes 15,
#    16 et 17.
# 2. S. Williams, A. Waterman, D. Patterson, « Roofline : an insightful visual
#    performance model for multicore architectures », *Commun. ACM* 52 (2009)
#    65-76.
# 3. P. Redgrave, T. J. Prescott, K. Gurney, « The basal ganglia : a vertebrate
#    solution to the selection problem ? », *Neuroscience* 89 (1999) 1009-1023.
# 4. H. Bergman, T. Wichmann, M. R. DeLong, « Reversal of experimental
#    parkinsonism by lesions of the subthalamic nucleus », *Science* 249 (1990)
#    1436-1438.
# 5. D. Terman, J. E. Rubin, A. C. Yew, C. J. Wilson, « Activity patterns in a
#    model for the subthalamopallidal network of the basal ganglia »,
#    *J. Neurosci.* 22 (2002) 2963-2976.
# 6. N. Brunel, « Dynamics of sparsely connected networks of excitatory and
#    inhibitory spiking neurons », *J. Comput. Neurosci.* 8 (2000) 183-208.
# 7. E. M. Izhikevich, « Simple model of spiking neurons », *IEEE Trans. Neural
#    Networks* 14 (2003) 1569-1572.
