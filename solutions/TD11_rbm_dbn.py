# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] id="titre"
# # TD11 — Machines de Boltzmann restreintes et réseaux de croyances profonds
#
# Jusqu'ici, vos réseaux répondaient à une question. Celui-ci rêve. On lui
# montre des lettres ; il apprend à en imaginer d'autres, et sait compléter
# celle qu'on lui a à moitié effacée. Dans deux heures, vous aurez écrit la
# règle qui l'instruit, et vous saurez pourquoi ses progrès affichés mentent.
#
# > **Objectifs.** À la fin, vous saurez :
# > - passer d'une énergie à une probabilité, et le faire à la main ;
# > - dire ce qu'une couche sait de l'autre, et pourquoi cela suffit à rêver ;
# > - écrire le gradient exact, puis le CD-1, et mesurer ce que l'un perd sur
# >   l'autre ;
# > - entraîner une machine sur des lettres, et lire ses filtres ;
# > - montrer que l'erreur de reconstruction ne mesure pas l'apprentissage ;
# > - choisir une taille par la vraisemblance d'images jamais vues ;
# > - empiler des machines, et faire compléter une image.
# >
# > **Prérequis.** Le TD08 : gradient, lot, époque. Une loi de probabilité.
# >
# > **Durée.** Deux heures pour les sections 1 à 8 et le musée. Les sections 9
# > à 11 sont trois études, à choisir ou à garder pour chez vous.
# >
# > **Matériel repris.** La sigmoïde du TD08.

# %% [markdown] id="simplifications"
# > **Ce que ces modèles simplifient.**
# > - *Des unités binaires.* Un pixel est noir ou blanc, un neurone se tait ou
# >   répond.
# > - *Des liens symétriques.* Le même poids sert à l'aller et au retour ;
# >   aucune synapse ne fait cela.
# > - *Aucun lien dans une couche.* C'est le sens du mot « restreinte », et ce
# >   qui rend le calcul possible.
# > - *Peu d'images.* 39 exemplaires de chaque caractère : la machine peut les
# >   apprendre par cœur, et nous le verrons.

# %% [markdown] id="preparation-texte"
# Exécutez d'abord les sept cellules suivantes. Les sections se suivent : l'une
# reprend les machines et les images de l'autre. Exécutez donc toutes les
# cellules dans l'ordre ; un exercice que vous laissez n'arrête rien.

# %% id="preparation"
# %matplotlib inline
from itertools import product

import numpy as np
from threadpoolctl import threadpool_limits

from course.data import load
from course.exercises import comparer, exercise, pronostic
from course.generative import DBN, RBM
from course.plot.french import decimal, quantity, short
from course.plot.mpl import draw
from course.plot.scene import Axis, Image, Line, Mark, Panel, Points, Scene
from course.profile import budget, profile

# %% id="outils"
def sigmoide(x):
    """1 / (1 + exp(-x)), sans débordement."""
    return 0.5 * (1 + np.tanh(x / 2))


def etats(n):
    """Les 2ⁿ états de n unités binaires, un par ligne."""
    return np.array(list(product((0.0, 1.0), repeat=n)))

# %% id="donnees"
threadpool_limits(1)  # de petites matrices : un cœur suffit, et va plus vite
jeu = load("alphadigits")
print(jeu)


def lettres(noms):
    """Les images d'apprentissage et de test de ces caractères."""
    rangs = [jeu.classes.index(nom) for nom in noms]
    return (jeu.x_train[np.isin(jeu.y_train, rangs)],
            jeu.x_test[np.isin(jeu.y_test, rangs)])


x, x_test = lettres("ABC")

# %% id="dessin"
COULEURS = (("blue", "solid"), ("vermillion", "dash"), ("green", "dashdot"),
            ("purple", "dot"))


def cadre(nom, x, y, choses, titre=""):
    """Un panneau ; x et y sont (mot, unité, (bas, haut))."""
    return Panel(nom, Axis(*x), Axis(*y), tuple(choses), title=titre)


def montrer(*panneaux, hauteur=320):
    """Les panneaux côte à côte."""
    largeur = 7 if len(panneaux) == 1 else 9.5
    return draw(Scene(tuple((p,) for p in panneaux),
                      widths=(1,) * len(panneaux), height=hauteur), largeur)

# %% id="dessin-images"
def planche(*rangees, forme=(20, 16), bornes=(0, 1), bord=0.0):
    """Une rangée d'images par tableau (n, pixels), un bord entre elles."""
    n, (haut, large) = len(rangees[0]), forme
    vide = [np.pad(np.reshape(r, (-1, haut, large)), ((0, 0), (1, 1), (1, 1)),
                   constant_values=bord) for r in rangees]
    page = np.concatenate([np.hstack(r) for r in vide])
    cotes = (0.0, float(n)), (0.0, float(len(rangees)))
    axes = [Axis("", "", cote, ()) for cote in cotes]
    image = Image(page[::-1], *cotes, bornes)
    cote = 640 / n * (haut + 2) / (large + 2)
    return draw(Scene(((Panel("images", *axes, (image,)),),),
                      height=cote * len(rangees) + 40), 9.5)

# %% id="preparation-duree"
attente = budget(flash="10 s", td="1 min", complet="5 min")
print(f"Profil « {profile()} » : aucun calcul ne dépasse {attente}.")
if profile() == "flash":
    print("Profil flash : les études s'arrêtent plus tôt, et leurs nombres"
          " sont un peu différents.")
if jeu.extract:
    print("Les AlphaDigits ne sont pas sur cette machine : les lettres sont"
          " dessinées avec des polices. Les nombres cités plus loin sont ceux"
          " des vraies ; les vôtres diffèrent, et"
          " parfois leurs conclusions.")

# %% [markdown] id="energie-situation"
# ## 1. Une énergie pour chaque état
#
# ### Situation
#
# Une image de quatre pixels, deux sur deux. Au-dessus d'elle, trois unités
# cachées, qui ont chacune une opinion : la première aime voir le **haut**
# allumé et le bas éteint ; la deuxième, la **gauche** ; la troisième, la
# **diagonale** qui monte.
#
# Un état de la machine, ce sont quatre pixels et trois opinions. Certains
# états s'accordent mieux que d'autres. On le dit par un nombre, l'**énergie** :
# plus elle est basse, mieux l'état s'accorde.
#
# ### Formaliser
#
# $$E(v, h) = -\sum_i a_i v_i - \sum_j b_j h_j - \sum_{i,j} v_i W_{ij} h_j
# \qquad p(v, h) = \frac{e^{-E(v, h)}}{Z}$$
#
# - $v_i$, $h_j$ : pixel visible, unité cachée, 0 ou 1 ;
# - $a_i$, $b_j$ : les **biais**, l'envie qu'a chacun de s'allumer seul ;
# - $W_{ij}$ : le poids du lien entre le pixel i et l'unité j ;
# - $Z$ : la somme de tous les $e^{-E}$, pour que les probabilités fassent 1.
#   On l'appelle la **fonction de partition**.
#
# L'énergie n'a ici pas d'unité, ou bien des *nats* : c'est le logarithme d'une
# probabilité.

# %% id="energie-machine"
W = 3.0 * np.array([[1, 1, -1], [1, -1, 1], [-1, 1, 1], [-1, -1, -1]])
a, b = np.zeros(4), np.full(3, -2.0)
haut = np.array([1.0, 1.0, 0.0, 0.0])
planche(W.T, forme=(2, 2), bornes=(-3, 3))

# %% [markdown] id="energie-predire"
# *Figure :* les trois colonnes de W, rangées comme l'image : en clair +3, en
# sombre −3. Les pixels sont numérotés dans l'ordre de la lecture ; chaque unité
# cachée a un biais de −2, les pixels n'en ont pas.
#
# ### Prédire
#
# Combien d'états, en tout ? Et sur le papier : que vaut E quand les deux pixels
# du haut sont allumés, et la première unité cachée seule ?

# %% id="energie-pronostic"
pronostic("11.a", etats=None, energie=None)

# %% [markdown] id="energie-coder"
# ### Coder
#
# L'énergie d'un état : v et h sont des tableaux de 0 et de 1, W a une ligne par
# pixel et une colonne par unité cachée. Rendez un nombre.

# %% id="energie-fonction" exercise="11.1" points=1
def energie(v, h, W, a, b):
    """E(v, h), un nombre."""
    ### BEGIN SOLUTION
    return -(a @ v) - b @ h - v @ W @ h
    ### END SOLUTION

# %% id="energie-verifier"
energie = exercise("11.1").check(energie)

# %% id="energie-figure"
V, H = etats(4), etats(3)
E = np.array([[energie(v, h, W, a, b) for v in V] for h in H])
p_vh = np.exp(-E) / np.exp(-E).sum()
seul = np.array([1.0, 0.0, 0.0])
comparer("11.a", etats=E.size, energie=energie(haut, seul, W, a, b))
print("énergies de", short(E.min()), "à", short(E.max()))
print("les trois états les plus probables :",
      quantity(100 * np.sort(p_vh.ravel())[-3:].sum(), "%"))
axes = ("état visible", "", (-0.5, 15.5)), ("état caché", "", (-0.5, 7.5))
tout = (-0.5, 15.5), (-0.5, 7.5)
montrer(cadre("E", *axes, [Image(E, *tout, (-4, 24))], "énergie"),
        cadre("p", *axes, [Image(p_vh, *tout, (0, p_vh.max()))],
              "probabilité"), hauteur=260)

# %% [markdown] id="energie-commentaire"
# *Figure :* les 128 états, tous. Une colonne par image, une ligne par opinion,
# comptées en binaire : l'état visible 12 est 1100, le haut allumé. À gauche
# leur énergie, à droite leur probabilité. L'énergie varie presque partout ; la
# probabilité se rassemble dans quelques cases. L'exponentielle fait cela : trois
# nats de moins, et un état est vingt fois plus probable.

# %% [markdown] id="conditionnelle-situation"
# ## 2. Ce qu'une couche dit de l'autre
#
# ### Situation
#
# 128 états se dessinent. Avec 320 pixels et 100 unités cachées, il y en aurait
# $2^{420}$. Personne ne les dessinera, ni ne calculera Z. Comment rêver, alors ?
#
# ### Formaliser, sur le papier
#
# Gardez l'image v. Gardez aussi toutes les unités cachées sauf une, $h_j$.
# Quel est le rapport entre la probabilité qu'elle soit allumée et celle
# qu'elle soit éteinte ? Essayez avant d'ouvrir.
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# Dans E, les seuls termes où $h_j$ figure sont $-h_j\,(b_j + \sum_i v_i
# W_{ij})$. Tout le reste est commun aux deux états, Z compris, et s'en va :
#
# $$\frac{P(h_j = 1)}{P(h_j = 0)} = e^{\,b_j + \sum_i v_i W_{ij}}
# \quad\Longrightarrow\quad P(h_j = 1 \mid v) = \sigma\Big(b_j + \sum_i v_i
# W_{ij}\Big)$$
#
# Les autres unités cachées ont disparu du résultat : sachant v, chacune décide
# **seule**. C'est ce qu'achète le mot « restreinte ».
#
# </details>
#
# Une probabilité et une sigmoïde : vous retrouvez la couche du TD08, sortie
# d'une énergie.
#
# ### Prédire
#
# Le haut est allumé. Quelle est la probabilité de la première unité cachée ?
# Et de la deuxième ?

# %% id="conditionnelle-pronostic"
pronostic("11.b", h1_sachant_haut=None, h2_sachant_haut=None)

# %% [markdown] id="conditionnelle-coder"
# ### Coder
#
# Cette fois v et h sont des **lots** : une image, ou un état caché, par ligne.
# Rendez les deux conditionnelles, P(h = 1 | v) puis P(v = 1 | h). La seconde se
# trouve par le même raisonnement. `sigmoide(x)` est fournie.

# %% id="conditionnelle-fonction" exercise="11.2" points=2
def conditionnelles(v, h, W, a, b):
    """P(h = 1 | v) puis P(v = 1 | h), une ligne par ligne du lot."""
    ### BEGIN SOLUTION
    return sigmoide(b + v @ W), sigmoide(a + h @ W.T)
    ### END SOLUTION

# %% id="conditionnelle-verifier"
conditionnelles = exercise("11.2").check(conditionnelles)

# %% [markdown] id="conditionnelle-mesure-texte"
# ### Vérifier
#
# Deux chemins vers le même nombre : votre sigmoïde, et une somme sur les 128
# probabilités de la section 1.

# %% id="conditionnelle-mesure"
p_h, p_v = conditionnelles(V, H, W, a, b)
par_somme = (H.T @ p_vh / p_vh.sum(axis=0)).T
comparer("11.b", h1_sachant_haut=p_h[12, 0], h2_sachant_haut=p_h[12, 1])
print("écart le plus grand entre les deux chemins :",
      short(np.abs(p_h - par_somme).max()))
print("sachant la première unité seule, les quatre pixels :",
      " ; ".join(decimal(p, 3) for p in p_v[4]))

# %% [markdown] id="conditionnelle-commentaire"
# La première unité reçoit 3 + 3 − 2 = 4, et σ(4) = 0,982. La deuxième reçoit
# 3 − 3 − 2 = −2 : 0,119. Et au retour, la première unité seule allume le haut à
# 95 % et le bas à 5 %.

# %% [markdown] id="libre-situation"
# ## 3. L'énergie d'une image
#
# ### Formaliser
#
# Nous ne verrons jamais que les pixels. Combien vaut une image, toutes opinions
# confondues ? On somme sur h :
#
# $$p(v) = \frac{e^{-F(v)}}{Z} \qquad F(v) = -\log \sum_h e^{-E(v, h)}
# = -\sum_i a_i v_i - \sum_j \log\left(1 + e^{\,b_j + \sum_i v_i W_{ij}}\right)$$
#
# F est l'**énergie libre**. La somme avait $2^m$ termes ; elle se factorise, et
# il en reste m. Sur le papier, faites-le pour m = 2 : développez
# $(1 + e^{x_1})(1 + e^{x_2})$ et reconnaissez les quatre états cachés.
#
# ### Prédire
#
# Combien de fois l'image « haut allumé » est-elle plus probable que l'image
# toute noire ? Z n'est pas nécessaire.

# %% id="libre-pronostic"
pronostic("11.c", rapport=None)

# %% [markdown] id="libre-coder"
# ### Coder
#
# F pour chaque ligne de v. Attention : exp déborde au-delà de 710, et nos
# machines iront jusque-là. `np.logaddexp(x, y)` calcule $\log(e^x + e^y)$ sans
# former les exponentielles.

# %% id="libre-fonction" exercise="11.3" points=2
def energie_libre(v, W, a, b):
    """F(v), une valeur par ligne de v."""
    ### BEGIN SOLUTION
    return -(v @ a) - np.logaddexp(0, b + v @ W).sum(axis=1)
    ### END SOLUTION

# %% id="libre-verifier"
energie_libre = exercise("11.3").check(energie_libre)

# %% id="libre-figure"
def loi(W, a, b):
    """p(v) des 16 images."""
    poids = np.exp(-energie_libre(V, W, a, b))
    return poids / poids.sum()


p = loi(W, a, b)
comparer("11.c", rapport=p[12] / p[0])
print("écart avec la somme des 128 :",
      short(np.abs(p - p_vh.sum(axis=0)).max()))
ordre = np.argsort(-p)
print("les plus probables :", " ; ".join(
    f"{format(k, '04b')} ({quantity(100 * p[k], '%')})" for k in ordre[:4]))
planche(V[ordre], forme=(2, 2), bord=0.5)

# %% [markdown] id="libre-commentaire"
# *Figure :* les seize images, de la plus probable à la moins probable. Les trois
# premières sont les goûts de la machine : le haut (1100), la gauche (1010), la
# diagonale (0110). La quatrième a trois pixels allumés, et elle plaît un peu aux
# trois unités à la fois. Le rapport demandé vaut 49 : un écart d'énergie libre
# de 3,9 nats.

# %% [markdown] id="exact-situation"
# ## 4. Apprendre : deux moyennes
#
# ### Situation
#
# Nous avons choisi W à la main. Désormais, on montre à une machine quatre
# images, et elle doit trouver : deux barres horizontales, deux barres
# verticales. Apprendre, c'est rendre ces images probables : faire monter la
# **vraisemblance**, la moyenne de log p(x) sur les données.
#
# ### Formaliser
#
# $\log p(x) = -F(x) - \log Z$. Sur le papier, dérivez chaque terme par $W_{ij}$,
# en commençant par F.
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# Dans F, $W_{ij}$ ne figure que dans $\log(1 + e^{x_j})$, où $x_j = b_j + \sum_i
# v_i W_{ij}$. La dérivée de ce logarithme est $\sigma(x_j)$, et celle de $x_j$ est
# $v_i$ : $-\partial F / \partial W_{ij} = v_i\,P(h_j = 1 \mid v)$. Et comme
# $\log Z = \log \sum_v e^{-F(v)}$, sa dérivée est la moyenne de $-\partial F /
# \partial W_{ij}$, chaque v comptant selon p(v).
#
# </details>
#
# Il reste :
#
# $$\frac{\partial \log p}{\partial W_{ij}} = \underbrace{\langle v_i h_j
# \rangle_{\text{données}}}_{\text{phase positive}} - \underbrace{\langle v_i
# h_j \rangle_{\text{machine}}}_{\text{phase négative}}$$
#
# De même, $\langle v_i \rangle - \langle v_i \rangle$ pour $a_i$, et
# $\langle h_j \rangle - \langle h_j \rangle$ pour $b_j$. Dans chaque moyenne,
# h se remplace par sa probabilité P(h = 1 | v).
#
# La première moyenne se prend sur les images ; la seconde, sur tout ce que la
# machine peut rêver, chaque rêve compté selon sa probabilité. Apprendre, c'est
# renforcer ce qu'on voit et désapprendre ce qu'on rêve, jusqu'à ce que les deux
# se ressemblent.
#
# ### Prédire
#
# Quatre images, toutes différentes. Au mieux, combien peut valoir la moyenne de
# log p(x), en nats ? Et au départ, quand la machine ne sait rien ?

# %% id="exact-pronostic"
pronostic("11.d", au_mieux=None, au_depart=None)

# %% [markdown] id="exact-coder"
# ### Coder
#
# Le gradient de la vraisemblance moyenne d'un lot x, par énumération. `etats(n)`
# rend les $2^n$ images possibles ; `energie_libre` et `sigmoide` sont là.
# Rendez (dW, da, db).

# %% id="exact-fonction" exercise="11.4" points=3
def gradient_exact(x, W, a, b):
    """(dW, da, db) : données moins machine."""
    ### BEGIN SOLUTION
    V = etats(len(a))
    p = np.exp(-energie_libre(V, W, a, b))
    p = p / p.sum()
    H, R = sigmoide(b + x @ W), sigmoide(b + V @ W)
    dW = x.T @ H / len(x) - (p[:, None] * V).T @ R
    da = x.mean(axis=0) - p @ V
    db = H.mean(axis=0) - p @ R
    return dW, da, db
    ### END SOLUTION

# %% id="exact-verifier"
gradient_exact = exercise("11.4").check(gradient_exact)

# %% id="exact-apprendre"
barres = V[[12, 3, 10, 5]]
NUMEROS = [12, 3, 10, 5]


def monter(gradient, pas, lr=0.5, graine=5):
    """(machine, vraisemblance moyenne à chaque pas), par ce gradient."""
    rng = np.random.default_rng(graine)
    m = [rng.normal(0, 0.1, (4, 3)), np.zeros(4), np.zeros(3)]
    courbe = []
    for _ in range(pas):
        courbe.append(np.log(loi(*m))[NUMEROS].mean())
        m = [q + lr * g for q, g in zip(m, gradient(barres, *m), strict=True)]
    return m, np.array(courbe)

# %% id="exact-figure"
PAS = budget(flash=1500, td=3000, complet=10_000)
apprise, courbe = monter(gradient_exact, PAS)
comparer("11.d", au_mieux=-np.log(4), au_depart=courbe[0])
print("à la fin :", decimal(courbe[-1], 3), "nats ; part des quatre barres :",
      quantity(100 * loi(*apprise)[NUMEROS].sum(), "%"))
montrer(cadre("monter", ("pas", "", (0, PAS)), ("log p(x) moyen", "nats", (
        -3, -1)), [Line(range(PAS), courbe, "gradient exact", *COULEURS[0]),
                   Mark(y=-np.log(4), text="−ln 4")]),
        cadre("loi", ("image", "", (-1, 16)), ("p(v)", "", (0, 0.3)), [
            Points(range(16), loi(*apprise), "", "blue", size=8)]))

# %% [markdown] id="exact-commentaire"
# *Figure :* à gauche, la vraisemblance part de −2,77, c'est −ln 16, car la
# machine croit d'abord les seize images équiprobables. Elle hésite une
# cinquantaine de pas, monte d'un coup, puis approche de −ln 4 sans jamais le
# dépasser. À droite, la loi apprise : quatre images à près d'un quart chacune,
# les douze autres presque à zéro.
#
# La borne se comprend : quatre images différentes se partagent au mieux une
# probabilité de 1, soit un quart chacune.

# %% [markdown] id="exact-expliquer" exercise="11.1x" manual=true points=1
# ### Expliquer
#
# Que ferait la machine si l'on oubliait la phase négative ?
#
# ### BEGIN SOLUTION
# Chaque pas renforcerait les couples (pixel, unité) vus ensemble, sans jamais
# rien affaiblir : les poids monteraient sans fin. Toutes les images qui
# partagent des pixels avec les données deviendraient plus probables elles
# aussi. C'est la règle de Hebb du TD06, qui explose pour la même raison.
# ### END SOLUTION

# %% [markdown] id="gibbs-situation"
# ## 5. Rêver sans énumérer
#
# ### Situation
#
# Z est hors d'atteinte dès que la machine grandit. Mais les deux conditionnelles
# sont faciles. Alors on alterne : sachant v, on tire h ; sachant h, on tire v ;
# et encore. C'est la **chaîne de Gibbs**. Si elle marche assez longtemps, elle
# visite chaque image aussi souvent que p(v) le demande.
#
# Tirer une unité de probabilité p : on prend un nombre u au hasard entre 0 et 1,
# et elle s'allume si u < p.
#
# ### Prédire
#
# Deux machines : celle de la section 1, faite à la main, et celle qui vient
# d'apprendre les barres. On lance 20 000 pas depuis une seule image. Des deux,
# laquelle change le plus souvent d'image ? `"main"` ou `"apprise"`.

# %% id="gibbs-pronostic"
pronostic("11.e", la_plus_mobile=None)

# %% [markdown] id="gibbs-coder"
# ### Coder
#
# Un pas, pour un lot. Les nombres tirés vous sont donnés, un par unité : `u_h`
# pour la couche cachée, `u_v` pour la visible. Rendez h puis le nouveau v.

# %% id="gibbs-fonction" exercise="11.5" points=2
def pas_gibbs(v, W, a, b, u_h, u_v):
    """(h, v) : la couche cachée tirée, puis la visible tirée."""
    ### BEGIN SOLUTION
    h = (u_h < sigmoide(b + v @ W)) * 1.0
    v = (u_v < sigmoide(a + h @ W.T)) * 1.0
    return h, v
    ### END SOLUTION

# %% id="gibbs-verifier"
pas_gibbs = exercise("11.5").check(pas_gibbs)

# %% id="gibbs-marcher"
def marcher(m, pas, graine=0):
    """Les numéros des images visitées par une chaîne."""
    rng = np.random.default_rng(graine)
    v, vus = haut[None], []
    for _ in range(pas):
        _, v = pas_gibbs(v, *m, rng.random((1, 3)), rng.random((1, 4)))
        vus.append(int(v[0] @ (8, 4, 2, 1)))
    return np.array(vus)

# %% id="gibbs-figure"
machines = {"à la main": (W, a, b), "apprise": apprise}
panneaux, sauts = [], {}
for nom, m in machines.items():
    vus = marcher(m, 20_000)
    sauts[nom] = 100 * np.mean(vus[1:] != vus[:-1])
    part = np.bincount(vus, minlength=16) / len(vus)
    print(f"{nom} : change d'image {quantity(sauts[nom], '%')} des pas")
    panneaux.append(cadre(nom, ("image", "", (-1, 16)), ("part", "", (
        0, 0.4)), [Points(range(16), loi(*m), "p(v)", "grey", size=13,
                          filled=False),
                   Points(range(16), part, "chaîne", "blue", size=6)], nom))
comparer("11.e", la_plus_mobile="main" if sauts["à la main"]
         > sauts["apprise"] else "apprise")
montrer(*panneaux)

# %% [markdown] id="gibbs-commentaire"
# *Figure :* en cercles gris, p(v) exact ; en bleu, la part du temps que la chaîne y
# passe. À gauche, les deux se confondent. À droite aussi, à peu près ; mais les
# écarts sont plus grands, pour le même nombre de pas.
#
# La raison se lit au-dessus. La machine faite à la main change d'image près d'un
# pas sur deux ; au profil `td`, la machine apprise, deux fois sur cent. Pour aller
# d'une barre à l'autre, il faut passer par une image improbable, et la chaîne reste
# longtemps du même côté. **Mieux une machine sait, plus elle s'entête.** C'est
# l'ennui principal de toute cette famille.

# %% [markdown] id="cd-situation"
# ## 6. Un seul pas
#
# ### Situation
#
# La phase négative demande des rêves, donc une longue chaîne à **chaque** pas
# d'apprentissage. En 2002, Hinton propose de ne pas attendre : on part de
# l'image elle-même, on fait un seul pas de Gibbs, et l'on prend ce rêve à peine
# commencé pour tous les autres [1]. C'est la **divergence contrastive**, CD-1.
#
# ### Formaliser
#
# $$\Delta W = \langle v\,P(h \mid v)^\top \rangle_{\text{lot}} -
# \langle v'\,P(h \mid v')^\top \rangle_{\text{lot}}, \qquad
# v \to h \to v'$$
#
# Le h tiré sert à rêver v'. Dans les deux statistiques, on garde les
# **probabilités** : même moyenne, moins de bruit [2].
#
# ### Prédire
#
# Moyenné sur beaucoup de tirages, ce gradient fait un angle avec le gradient
# exact. Combien de degrés, au début de l'apprentissage ? Et à la fin ?

# %% id="cd-pronostic"
pronostic("11.f", angle_debut=None, angle_fin=None)

# %% [markdown] id="cd-coder"
# ### Coder
#
# Les tirages vous sont donnés, comme à l'exercice précédent : h et v' se tirent
# tous deux. Rendez (dW, da, db), des **moyennes** sur le lot.
#
# En pratique, on laisse souvent v' en gris, ses probabilités à la place d'un
# tirage : c'est un peu moins bruité, et un peu moins juste [2]. Ici, tirez-le.

# %% id="cd-fonction" exercise="11.6" points=3
def gradient_cd1(v, W, a, b, u_h, u_v):
    """(dW, da, db) de CD-1, moyennes sur le lot."""
    ### BEGIN SOLUTION
    p = sigmoide(b + v @ W)
    h = (u_h < p) * 1.0
    reve = (u_v < sigmoide(a + h @ W.T)) * 1.0
    q = sigmoide(b + reve @ W)
    dW = (v.T @ p - reve.T @ q) / len(v)
    da = (v - reve).mean(axis=0)
    db = (p - q).mean(axis=0)
    return dW, da, db
    ### END SOLUTION

# %% id="cd-verifier"
gradient_cd1 = exercise("11.6").check(gradient_cd1)

# %% [markdown] id="cd-mesure-texte"
# ### Vérifier
#
# Le gradient exact existe sur quatre pixels : profitons-en. On répète les quatre
# barres 50 000 fois, on tire, et l'on compare les 19 nombres.

# %% id="cd-mesure"
rng = np.random.default_rng(0)
foule = np.tile(barres, (50_000, 1))


def comparer_gradients(m):
    """(degrés, CD-1 moyen, exact), les 19 nombres à la suite."""
    u = rng.random((len(foule), 3)), rng.random((len(foule), 4))
    cd, exact = (np.concatenate([g.ravel() for g in gradient]) for gradient in
                 (gradient_cd1(foule, *m, *u), gradient_exact(barres, *m)))
    cosinus = cd @ exact / np.linalg.norm(cd) / np.linalg.norm(exact)
    return np.degrees(np.arccos(cosinus)), cd, exact

# %% id="cd-figure"
moments = {"au début": 80, "à la fin": PAS}
angles, panneaux = {}, []
for nom, pas in moments.items():
    m, chemin = monter(gradient_exact, pas)
    angles[nom], cd, exact = comparer_gradients(m)
    large = 1.1 * max(np.abs(exact).max(), np.abs(cd).max())
    print(f"{nom}, log p = {decimal(chemin[-1], 2)} : angle",
          f"{decimal(angles[nom], 0)}°, longueur de CD-1 sur exact",
          decimal(np.linalg.norm(cd) / np.linalg.norm(exact), 2))
    bornes = -large, large
    panneaux.append(cadre(nom, ("exact", "", bornes), ("CD-1", "", bornes), [
        Line(bornes, bornes, "", "grey"), Points(exact, cd, "", "blue",
                                                 size=6)], nom))

# %% id="cd-angles"
comparer("11.f", angle_debut=angles["au début"],
         angle_fin=angles["à la fin"])
montrer(*panneaux)

# %% id="cd-monter"
def gradient_bruite(v, *m):
    """CD-1 sur les barres répétées dix fois, avec ses tirages."""
    lot = np.tile(v, (10, 1))
    return gradient_cd1(lot, *m, rng.random((40, 3)), rng.random((40, 4)))


courbe_cd = monter(gradient_bruite, PAS)[1]
print("à la fin : exact", decimal(courbe[-1], 3), "; CD-1",
      decimal(courbe_cd[-1], 3), "; au mieux", decimal(-np.log(4), 3))
montrer(cadre("monter", ("pas", "", (0, PAS)), ("log p(x) moyen", "nats", (
    -3, -1)), [Line(range(PAS), courbe, "exact", *COULEURS[0]),
               Line(range(PAS), courbe_cd, "CD-1", *COULEURS[1]),
               Mark(y=-np.log(4), text="−ln 4")]))

# %% [markdown] id="cd-commentaire"
# *Figures :* en haut, chaque point est l'un des 19 paramètres ; sur la droite, CD-1
# et l'exact sont d'accord. Au début, ils se confondent : un degré d'écart. À la
# fin, au profil `td`, l'angle est de 12°, et des paramètres que le gradient exact
# laisse en place sont poussés par CD-1.
#
# En bas, les deux montées. CD-1 suit l'exact, avec le bruit de ses tirages, et
# finit un peu dessous. Pour une machine si petite, un pas de rêve suffit presque.
#
# Le lien avec la section précédente : CD-1 part de l'image et ne fait qu'un pas. Si
# la chaîne bouge beaucoup, ce pas mène déjà ailleurs, et le rêve est bon. Si elle
# s'entête, le rêve **est** l'image, et CD-1 ne voit plus ce qu'il devrait
# désapprendre.

# %% [markdown] id="alpha-situation"
# ## 7. Des lettres
#
# ### Situation
#
# Les *Binary AlphaDigits* : 36 caractères, 39 exemplaires de chacun, 20 pixels
# sur 16, noirs ou blancs. Commençons par trois lettres, A, B et C. Votre CD-1
# n'a rien de plus à apprendre : la même fonction, avec 320 pixels au lieu de
# quatre.

# %% id="alpha-images"
hasard = np.random.default_rng(1)
planche(*np.split(x[hasard.choice(len(x), 32, replace=False)], 2))

# %% id="alpha-apprendre"
def apprendre(x, caches, epoques, lr=0.1, lot=20, graine=0):
    """(W, a, b), par votre CD-1."""
    rng = np.random.default_rng(graine)
    m = [rng.normal(0, 0.01, (x.shape[1], caches)), np.zeros(x.shape[1]),
         np.zeros(caches)]
    for _ in range(epoques):
        melange = rng.permutation(len(x))
        for rangs in np.array_split(melange, -(-len(x) // lot)):
            v = x[rangs]
            u = rng.random((len(v), caches)), rng.random(v.shape)
            m = [q + lr * g for q, g in
                 zip(m, gradient_cd1(v, *m, *u), strict=True)]
    return m

# %% [markdown] id="alpha-predire"
# ### Prédire
#
# 100 unités cachées. Chacune a une colonne de W, son **filtre** : 320 poids, que
# l'on remet en image. Au départ, ces poids sont tirés au hasard : entre un poids
# et celui du pixel voisin, la corrélation est nulle. Que vaudra-t-elle après
# l'apprentissage, entre −1 et 1 ?

# %% id="alpha-pronostic"
pronostic("11.g", correlation=None)

# %% id="alpha-figure"
EPOQUES = budget(flash=60, td=100, complet=300)
m = apprendre(x, 100, EPOQUES)
filtres = m[0].T[np.argsort(-np.abs(m[0]).sum(axis=0))]
grille = filtres.reshape(-1, 20, 16)
voisins = np.corrcoef(grille[:, :, 1:].ravel(), grille[:, :, :-1].ravel())
comparer("11.g", correlation=voisins[0, 1])
planche(*np.split(filtres[:32], 2), bornes=(-0.8, 0.8), bord=-0.8)

# %% [markdown] id="alpha-commentaire"
# *Figure :* les 32 filtres les plus forts ; clair, l'unité aime que le pixel soit
# allumé ; sombre, éteint. Ce ne sont ni des lettres, ni du bruit : un bout de
# courbe, une barre, un coin, souvent un trait clair bordé de sombre. La
# corrélation entre voisins n'est plus nulle. Personne ne lui a dit quels pixels se
# touchent : elle l'a appris de ceux qui s'allument ensemble.

# %% id="alpha-rever"
rng = np.random.default_rng(3)
v = (rng.random((16, 320)) < 0.5) * 1.0
rangees = [v]
for t in range(1, 501):
    h, v = pas_gibbs(v, *m, rng.random((16, 100)), rng.random(v.shape))
    if t in (1, 3, 10, 50, 500):
        rangees.append(conditionnelles(v, h, *m)[1])
planche(*rangees)

# %% [markdown] id="alpha-rever-commentaire"
# *Figure :* seize rêves. En haut, du bruit ; puis, en descendant, après 1, 3, 10,
# 50 et 500 pas de Gibbs. Un pas suffit pour que le bruit prenne des formes de
# lettre ; à 50, on lit des A, des B et des C. C'est la figure à garder : une machine
# qui n'a jamais eu de modèle de lettre en trouve une dans du bruit.
#
# Regardez maintenant la dernière rangée. Au profil `td`, après 500 pas, presque
# toutes les chaînes sont des C. Il n'y a pas plus de C que de A dans les données. Tout
# se passe comme si le C avait une vallée plus large : les chaînes finissent par y
# tomber, et n'en ressortent pas.

# %% [markdown] id="alpha-explorer"
# ### Explorer
#
# La même machine, sous vos yeux. Lancez ▶, et avant chaque geste, dites ce que
# vous attendez :
#
# - les filtres : au bout de combien de lots cessent-ils d'être du bruit ?
# - arrêtez, prenez la gomme, effacez la moitié d'une lettre, puis faites-la
#   réparer : les pixels gardés ne bougent pas. Et si vous effacez l'autre moitié ?
# - d'un clic sur un filtre, faites taire une unité : que perd la lettre rêvée ?
#   Vous avez lésé des neurones au TD07 ; est-ce aussi brutal ici ?
# - montez la température de la chaîne : à partir de quand n'est-ce plus une
#   lettre ?
#
# La touche **?** donne la liste des autres.

# %% id="alpha-explorateur"
from course.widgets import explore_rbm

explore_rbm("ABC", hidden=60)

# %% [markdown] id="piege-situation"
# ## 8. Un progrès qui n'en est pas un
#
# ### Situation
#
# Comment savoir si une machine apprend ? Presque tous les programmes affichent
# l'**erreur de reconstruction** : l'écart entre l'image v et son rêve d'un pas.
# Elle ne coûte rien, et elle descend. Mais la question est la vraisemblance.
#
# Une machine de **12** unités cachées est petite de ce côté-là : Z est une somme
# de $2^{12}$ = 4096 termes, exacte. La bibliothèque le fait :
# `RBM.log_likelihood`. Le reste du TD emploie `RBM`, qui est votre CD-1 avec un
# peu d'élan (*momentum*).
#
# ### Formaliser
#
# Entre les deux, il existe une mesure sans Z, la **pseudo-vraisemblance** :
# chaque pixel est jugé sachant tous les autres,
#
# $$\sum_i \log P(v_i \mid v_{-i}), \qquad P(v_i \mid v_{-i}) =
# \frac{p(v)}{p(v) + p(\tilde v^{\,i})} = \sigma\big(F(\tilde v^{\,i}) -
# F(v)\big)$$
#
# où $\tilde v^{\,i}$ est v avec le pixel i retourné. Z s'en va.

# %% [markdown] id="piege-coder"
# ### Coder
#
# La pseudo-vraisemblance de chaque ligne de v, en nats. `energie_libre` est là.

# %% id="piege-fonction" exercise="11.7" points=2
def pseudo_vraisemblance(v, W, a, b):
    """Σ_i log P(v_i | les autres), une valeur par ligne de v."""
    ### BEGIN SOLUTION
    F, somme = energie_libre(v, W, a, b), np.zeros(len(v))
    for i in range(v.shape[1]):
        autre = v.copy()
        autre[:, i] = 1 - v[:, i]
        somme -= np.logaddexp(0, F - energie_libre(autre, W, a, b))
    return somme
    ### END SOLUTION

# %% id="piege-verifier"
pseudo_vraisemblance = exercise("11.7").check(pseudo_vraisemblance)

# %% [markdown] id="piege-predire"
# ### Prédire
#
# On entraîne longtemps cette machine de 12 unités par CD-1. L'erreur de
# reconstruction va descendre. Que fera la vraisemblance exacte des images
# **d'apprentissage**, entre le dixième passage et la fin ? `"monte"`,
# `"descend"`, ou `"monte puis descend"`.

# %% id="piege-pronostic"
pronostic("11.h", vraisemblance=None)

# %% id="piege-apprendre"
LONG = budget(flash=150, td=600, complet=2000)


def suivre(**reglages):
    """(machine, mesures) ; toutes les dix époques, ce qu'elle vaut."""
    rbm, mesures = RBM(320, 12, seed=1), []
    def noter(h):
        if len(h.error) % 10 == 0:
            pv = pseudo_vraisemblance(x, rbm.W, rbm.a, rbm.b).mean()
            z = rbm.log_partition()
            vus = [rbm.log_likelihood(q, z).mean() for q in (x, x_test)]
            mesures.append((len(h.error), h.error[-1], pv, *vus))
    rbm.fit(x, LONG, batch_size=20, lr=0.2, seed=1, each=noter,
            progress=False, **reglages)
    return rbm, np.array(mesures).T

# %% id="piege-mesurer"
douze, (t, err, pv, vu, neuf) = suivre()
print("meilleure vraisemblance à l'époque", int(t[np.argmax(vu)]), ":",
      decimal(vu.max()), "; à la fin :", decimal(vu[-1]))
if vu[-1] > vu.max() - 5:
    cours = "monte"
else:
    cours = "monte puis descend" if vu.max() > vu[0] + 2 else "descend"
comparer("11.h", vraisemblance=cours)

# %% id="piege-figure"
courbes = (("apprentissage", vu), ("test", neuf), ("pseudo", pv))
axe = "époque", "", (0, LONG)
nats = "nats par image", "", (neuf.min() - 10, pv.max() + 10)
montrer(cadre("erreur", axe, ("erreur", "", (0, 0.2)), [
    Line(t, err, "", *COULEURS[0])], "ce qu'on affiche"),
    cadre("log p", axe, nats, [Line(t, y, nom, *c) for (nom, y), c in zip(
        courbes, COULEURS, strict=False)], "ce qu'on voulait"))

# %% [markdown] id="piege-commentaire"
# *Figure :* à gauche, ce que tout le monde affiche : l'erreur descend, puis se
# stabilise ; rien n'inquiète. À droite, la vérité, exacte. La vraisemblance des
# images **d'apprentissage**, en bleu, monte jusqu'à −145 nats vers l'époque 40,
# puis descend ; au profil `td`, elle finit à −214, plus bas qu'à la première
# mesure. Celle du test, en orange, descend plus encore.
#
# Ce n'est pas un surapprentissage : les images apprises elles-mêmes deviennent
# moins probables. Où est donc passée la probabilité ?
#
# Et la pseudo-vraisemblance, en vert ? Elle monte jusqu'au bout. Juger un pixel
# sachant ses voisins ne dit rien de ce qui se passe au loin. **Une mesure locale ne
# voit pas une erreur globale.**

# %% [markdown] id="preuve-texte"
# ### Vérifier
#
# L'énergie est symétrique : échangez les rôles, et `energie_libre(H, W.T, b, a)`
# est l'énergie libre d'un état **caché**. Il n'y en a que 4096 : on les pèse
# tous, et l'on regarde si les images d'apprentissage en allument les plus lourds.

# %% id="preuve-figure"
H = etats(12)
part = np.exp(-energie_libre(H, douze.W.T, douze.b, douze.a)
              - douze.log_partition())
evoques = {tuple(h) for h in (douze.hidden(x) > 0.5)}
lourds = np.argsort(-part)[:5]
for k in lourds[:2]:
    vu_ou_non = "évoqué" if tuple(H[k] > 0.5) in evoques else "jamais évoqué"
    print(f"{quantity(100 * part[k], '%')} de la probabilité :",
          vu_ou_non, "par les images")
planche(conditionnelles(x[:1], H[lourds], douze.W, douze.a, douze.b)[1])

# %% [markdown] id="preuve-commentaire"
# *Figure :* ce que rêvent les cinq états cachés les plus lourds. Au profil `td`, un
# seul porte 82 % de la probabilité, et **aucune** image d'apprentissage ne
# l'évoque ; avec le suivant, on atteint 100 %. La machine de l'époque 600 rêve donc
# presque toujours la même image, un mélange que personne ne lui a montré.
#
# CD-1 ne pouvait pas le voir : ses rêves partent des images et ne font qu'un pas.
# Ce qui pousse loin des données n'est jamais visité, donc jamais désappris.

# %% [markdown] id="preuve-expliquer" exercise="11.2x" manual=true points=1
# ### Expliquer
#
# Un camarade montre son erreur de reconstruction, qui descend depuis mille
# époques : « ma machine apprend encore ». Que lui demandez-vous ?
#
# ### BEGIN SOLUTION
# La vraisemblance d'images que la machine n'a pas vues, exacte si une couche est
# petite, estimée par AIS sinon ; ou au moins des rêves partis du bruit, après une
# longue chaîne. L'erreur dit seulement qu'un pas de Gibbs revient près de
# l'image, ce qu'une chaîne qui s'entête fait très bien.
# ### END SOLUTION

# %% [markdown] id="k-predire"
# ### Prédire
#
# Dix pas de Gibbs au lieu d'un, CD-10, avec les mêmes réglages. La
# vraisemblance finale sera-t-elle plus haute ? La chute disparaît-elle ?
# `"oui"` ou `"non"`.

# %% id="k-pronostic"
pronostic("11.i", plus_haute=None, sans_chute=None)

# %% id="k-figure"
suivis = {"CD-1": vu, "CD-10": suivre(k=10)[1][3],
          "PCD": suivre(persistent=True)[1][3]}
for nom, y in suivis.items():
    print(f"{nom} : au plus haut {decimal(y.max())}, à la fin",
          decimal(y[-1]))
dix = suivis["CD-10"]
comparer("11.i", plus_haute="oui" if dix[-1] > vu[-1] else "non",
         sans_chute="oui" if dix[-1] > dix.max() - 5 else "non")
montrer(cadre("k", ("époque", "", (0, LONG)), (
    "log p(x), apprentissage", "nats", (
        min(map(min, suivis.values())) - 10, -80)), [
        Line(t, y, nom, *c) for (nom, y), c in zip(
            suivis.items(), COULEURS, strict=False)]))

# %% [markdown] id="k-commentaire"
# *Figure :* la vraisemblance exacte d'apprentissage. CD-10, en orange, reste
# au-dessus de CD-1 presque tout du long : dix pas vont voir plus loin. Mais au
# profil `td`, il finit par descendre aussi, de −134 à −180 : la chute est retardée,
# elle n'a pas disparu.
#
# PCD, en vert, ne repart pas des images : ses rêves continuent d'un pas à
# l'autre. Il ne dérive pas, mais il va en dents de scie, d'une amplitude de 50 nats
# et plus. Avec ce taux, la machine change plus vite que ses rêves ne la suivent.

# %% [markdown] id="taille-situation"
# ## 9. Étude : combien d'unités cachées, combien de caractères ?
#
# ### Situation
#
# Au-delà de 20 unités cachées, Z ne s'énumère plus. On l'**estime** : on part
# d'une machine sans poids, dont Z est connu, et l'on va vers la nôtre par petits
# pas, en notant ce que chaque pas change. C'est l'échantillonnage préférentiel
# recuit, *annealed importance sampling*, AIS [3]. D'abord, le juge à l'épreuve :
# sur la machine de 12 unités, on connaît la réponse.

# %% id="taille-ais"
CHAINES = budget(flash=(30, 300), td=(50, 1000), complet=(200, 5000))
estime = douze.ais(*CHAINES, start=x)
print("log Z exact", decimal(douze.log_partition()), "; AIS",
      decimal(estime.log_z))

# %% [markdown] id="taille-predire"
# ### Prédire
#
# Sur A, B et C, avec de 5 à 400 unités cachées. Quelle taille donnera la
# meilleure vraisemblance sur des images **jamais vues** ?

# %% id="taille-pronostic"
pronostic("11.j", meilleure_taille=None)

# %% id="taille-mesurer"
TAILLES = budget(flash=(5, 25, 100), td=(5, 10, 25, 50, 100, 200),
                 complet=(5, 10, 25, 50, 100, 200, 400, 800))


def juger(x, x_test, caches, epoques, **reglages):
    """(machine, erreur, log p d'apprentissage, log p de test)."""
    rbm = RBM(320, caches, seed=0)
    h = rbm.fit(x, epoques, batch_size=20, progress=False, **reglages)
    z = rbm.ais(*CHAINES, start=x).log_z
    return rbm, h.error[-1], *(float(rbm.log_likelihood(q, z).mean())
                               for q in (x, x_test))

# %% id="taille-figure"
bilans = [juger(x, x_test, n, 100)[1:] for n in TAILLES]
for n, (e, vu, neuf) in zip(TAILLES, bilans, strict=True):
    print(f"{n} unités : erreur {decimal(e, 3)} ; apprentissage",
          f"{decimal(vu)} ; test {decimal(neuf)} nats")
_, vus, neufs = np.array(bilans).T
comparer("11.j", meilleure_taille=TAILLES[int(np.argmax(neufs))])
axe = ("unités cachées (logarithme en base 10)", "", (0.6, 2.7))
montrer(cadre("tailles", axe, ("log p(x)", "nats", (-180, -50)), [
    Line(np.log10(TAILLES), y, nom, *c) for nom, y, c in zip((
        "apprentissage", "test"), (vus, neufs), COULEURS, strict=False)]))

# %% [markdown] id="taille-commentaire"
# L'AIS retrouve log Z à un nat près sur la machine exacte : on peut s'y fier à ce
# nat près, pour des machines voisines. Ce n'est pas une garantie pour toutes : il
# ne voit pas une vallée qu'aucune de ses chaînes n'a visitée.
#
# *Figure :* la vraisemblance des images apprises, en bleu, monte avec la taille.
# Celle du test, en orange, monte, puis redescend ; au profil `td`, le sommet est à
# 50 unités. L'erreur de reconstruction, elle, ne fait que descendre : de 0,154 à
# 0,027. Qui la suivrait prendrait la plus grosse machine, et l'une des moins bonnes.
#
# Une limite : un seul tirage par taille, et 24 images de test. Entre 25 et 50
# unités, l'écart ne prouve rien ; entre 50 et 200, il est de 16 nats.

# %% [markdown] id="caracteres-situation"
# ### Et plus de caractères ?
#
# Cent unités cachées, le même nombre de pas d'apprentissage ; seul change le
# nombre de caractères à partager.

# %% id="caracteres-figure"
PAS_RBM = budget(flash=400, td=1500, complet=6000)
reves = []
for noms in ("A", "ABC", "ABCDEFGHIJ", "".join(jeu.classes)):
    q, q_test = lettres(noms)
    tours = max(1, round(20 * PAS_RBM / len(q)))
    rbm, e, vu, neuf = juger(q, q_test, 100, tours)
    print(f"{len(noms)} caractère(s), {len(q)} images : erreur",
          f"{decimal(e, 3)} ; apprentissage {decimal(vu)} ; test",
          f"{decimal(neuf)} nats")
    reves.append(rbm.sample(16, 500))
planche(*reves)

# %% [markdown] id="caracteres-commentaire"
# *Figure :* de haut en bas, les rêves d'une machine qui a vu 1, 3, 10, puis 36
# caractères. Le A seul est net, trop net : l'erreur est presque nulle, et au profil `td`
# ses images de test sont à −323 nats, contre −93 pour celles qu'elle a vues. Elle
# récite. À 36, les rêves sont des traits qui ressemblent à des lettres sans en être
# toujours ; mais l'écart entre apprentissage et test n'est plus que de 17 nats.
#
# Plus d'images différentes : une machine moins habile sur chacune, et plus
# honnête. Le nombre de pas est le même pour toutes ; à 36, elle n'a vu chaque image
# que 27 fois, et s'améliorerait encore.

# %% [markdown] id="dbn-situation"
# ## 10. Étude : empiler des machines
#
# ### Situation
#
# La couche cachée d'une machine est une nouvelle image, faite d'opinions. On
# peut l'apprendre à son tour, par une seconde machine, et ainsi de suite. C'est
# un **réseau de croyances profond**, *deep belief network*, DBN [4]. Chaque
# étage s'instruit quand celui d'en dessous a fini. Pour rêver : la chaîne de
# Gibbs en haut, puis une seule descente.
#
# ### Prédire
#
# On juge 60 rêves par deux nombres. La **netteté** : la part des pixels qui
# diffèrent de l'image d'apprentissage la plus proche ; moins, c'est mieux. La
# **variété** : combien de A, de B et de C ; un partage égal vaut 3 lettres
# « effectives », une seule lettre vaut 1. En passant d'un étage à trois, la
# netteté s'améliore-t-elle ? Et la variété ? `"oui"` ou `"non"`.

# %% id="dbn-pronostic"
pronostic("11.k", plus_nets=None, plus_varies=None)

# %% id="dbn-mesurer"
sortes = jeu.y_train[np.isin(jeu.y_train, [10, 11, 12])]


def regarder(reves):
    """(pixels différents en %, lettres effectives)."""
    ecarts = np.abs(reves[:, None] - x[None]).mean(axis=2)
    compte = np.bincount(sortes[ecarts.argmin(axis=1)] - 10, minlength=3)
    part = compte[compte > 0] / compte.sum()
    return 100 * ecarts.min(axis=1).mean(), np.exp(-part @ np.log(part))

# %% id="dbn-figure"
GRAINES = budget(flash=(0,), td=(0, 1, 2), complet=range(8))
rangees, notes = [], {}
for etages in (1, 2, 3):
    notes[etages] = []
    for graine in GRAINES:
        dbn = DBN([320] + [200] * etages, seed=graine)
        dbn.fit(x, EPOQUES, batch_size=20, progress=False)
        reves = dbn.sample(60, 300, seed=graine)
        notes[etages].append(regarder(reves))
    rangees.append(reves[:16])
    print(f"{etages} étage(s) :", " ; ".join(
        f"{decimal(n)} % et {decimal(v)} lettres" for n, v in notes[etages]))
planche(*rangees)

# %% id="dbn-bilan"
nets, varies = (np.array([[note[k] for note in notes[etages]]
                          for etages in notes]).mean(axis=1) for k in (0, 1))
comparer("11.k", plus_nets="oui" if nets[2] < nets[0] else "non",
         plus_varies="oui" if varies[2] > varies[0] else "non")
print("moyennes, de un à trois étages :",
      " ; ".join(f"{decimal(n)} % et {decimal(v)} lettres"
                 for n, v in zip(nets, varies, strict=True)))

# %% [markdown] id="dbn-commentaire"
# *Figure :* les rêves d'une, deux et trois machines empilées. Au profil `td`, un
# étage rêve des trois lettres. Deux étages rêvent plus net, 8,7 % de pixels
# différents au lieu de 10,9 ; mais seulement des C, pour les trois graines. Trois
# étages retrouvent de la variété, et perdent en netteté : 14,1 %.
#
# Deux leçons. La netteté seule aurait couronné deux étages : **une machine qui
# récite une lettre est toujours nette**. Et la profondeur n'améliore pas d'elle-même
# ce qu'on rêve : chaque étage ajoute ses propres vallées, où la chaîne du haut
# s'enferme. Trois graines, un seul jeu de réglages : d'autres réglages pourraient
# changer ce rang.

# %% [markdown] id="reparer-situation"
# ## 11. Étude : une lettre à moitié effacée
#
# ### Situation
#
# Une machine de Boltzmann n'a pas d'entrée ni de sortie. On peut donc tenir la
# moitié d'une image, et laisser la chaîne de Gibbs trouver l'autre : à chaque
# pas, les pixels tenus reprennent leur valeur. On moyenne les 200 derniers pas.
#
# Deux adversaires, pour juger. L'image **moyenne** des lettres apprises. Et le
# **plus proche voisin** : parmi les images d'apprentissage, celle dont la moitié
# visible ressemble le plus ; on recopie son autre moitié.
#
# ### Prédire
#
# Sur des A, B et C jamais vus, moitié basse effacée. Quelle part des pixels
# effacés, en %, la machine refait-elle de travers ? Bat-elle le plus proche
# voisin d'au moins un point, `"oui"` ou `"non"` ?

# %% id="reparer-pronostic"
pronostic("11.l", faux_en_pour_cent=None, bat_le_voisin=None)

# %% id="reparer-chaine"
tenus = np.arange(320) < 160  # les dix rangées du haut
rbm = RBM(320, 100, seed=0)
rbm.fit(x, EPOQUES // 2, batch_size=20, progress=False)
depart = np.random.default_rng(0).random(x_test.shape) < 0.5
pas = [p for p, _ in rbm.chain(depart, 300, clamp=(tenus, x_test), seed=0)]
refaites = np.mean(pas[100:], axis=0)
loin = np.abs(x_test[:, None, tenus] - x[None, :, tenus]).sum(axis=2)
voisines = np.where(tenus, x_test, x[loin.argmin(axis=1)])

# %% id="reparer-juger"
def juger_copie(copie):
    """(pixels effacés faux, en %, et carré moyen de l'écart)."""
    q, vrai = copie[:, ~tenus], x_test[:, ~tenus]
    return 100 * np.mean((q > 0.5) != vrai), np.mean((q - vrai) ** 2)


moyenne = np.tile(x.mean(axis=0), (len(x_test), 1))
faux = {}
for nom, q in (("machine", refaites), ("voisin", voisines),
               ("moyenne", moyenne)):
    faux[nom], ecart = juger_copie(q)
    print(f"{nom} : {quantity(faux[nom], '%')} de pixels faux, carré moyen",
          decimal(ecart, 3))

# %% id="reparer-figure"
gagne = faux["machine"] < faux["voisin"] - 1
comparer("11.l", faux_en_pour_cent=faux["machine"],
         bat_le_voisin="oui" if gagne else "non")
planche(*(q[:16] for q in (x_test, np.where(tenus, x_test, 0.5), refaites,
                           voisines)))

# %% [markdown] id="reparer-commentaire"
# *Figure :* de haut en bas, les lettres jamais vues, leur moitié gardée, ce que la
# machine en fait, ce que recopie le voisin. Elle reconnaît le plus souvent la lettre
# et finit bien les C ; pour un A, elle hésite entre des jambes et une boucle, et le
# gris dit ce doute.
#
# En pixels faux, au profil `td`, c'est un match nul : 24,2 % contre 24,3 %. Recopier
# une image apprise est un adversaire sérieux ; annoncez toujours son score. En carré
# moyen, la machine l'emporte : là où elle ne sait pas, elle répond un demi, quand le
# voisin se trompe avec aplomb.

# %% [markdown] id="musee-phases-situation"
# ## Musée des erreurs
#
# **Pièce n° 1. Les phases échangées.** « Je rapproche le rêve de l'image : mon
# gradient est donc rêve moins données. Il diminue bien à chaque pas. »

# %% id="musee-phases-piece"
def gradient_du_musee(x, W, a, b):
    """La pièce : machine moins données."""
    dW, da, db = gradient_exact(x, W, a, b)
    return -dW, -da, -db


m, chute = monter(gradient_du_musee, 60)
print("log p(x) moyen :", " ; ".join(decimal(y) for y in chute[::20]),
      "...", decimal(chute[-1]))

# %% [markdown] id="musee-phases-trouver"
# La vraisemblance s'effondre : la machine apprend à **ne pas** rêver des barres.
# Sur une grosse machine, personne ne verrait log p(x). **Trouver :** une
# expérience où le bon signe se connaît sans calcul. **Prouver :** écrivez un
# test qui n'accepte que le bon gradient. On lui présentera aussi des gradients à
# qui une phase manque. `gradient(x, W, a, b)` rend (dW, da, db), exacts.
#
# Indice de départ : une machine qui ne sait rien, W, a et b nuls, 3 pixels et
# 2 unités cachées. Ses pixels sont allumés une fois sur deux.

# %% id="musee-phases-fonction" exercise="11.8" points=2
def phases_justes(gradient):
    """True si le gradient monte vers les données, et lui seul."""
    ### BEGIN SOLUTION
    W, a, b = np.zeros((3, 2)), np.zeros(3), np.zeros(2)
    allume = gradient(np.ones((2, 3)), W, a, b)[1]
    eteint = gradient(np.zeros((2, 3)), W, a, b)[1]
    return bool(np.all(allume > 0) and np.all(eteint < 0))
    ### END SOLUTION

# %% id="musee-phases-verifier"
phases_justes = exercise("11.8").check(phases_justes)
for nom, gradient in (("la pièce", gradient_du_musee),
                      ("le gradient exact", gradient_exact)):
    print(nom, ":", "juste" if phases_justes(gradient) else "faux")

# %% [markdown] id="musee-phases-commentaire"
# Des images tout allumées : les biais visibles doivent monter. Des images tout
# éteintes : ils doivent descendre. Un gradient sans phase négative réussit la
# première épreuve, un gradient sans phase positive la seconde ; il faut les
# deux.

# %% [markdown] id="musee-lot-situation"
# **Pièce n° 2. Une vitesse qui dépend du lot.** « `W += lr * (v.T @ p -
# reve.T @ q)`. Avec des lots de 5, tout va bien. J'ai pris des lots plus grands
# pour aller plus vite. »

# %% id="musee-lot-piece"
def regle_du_musee(W, v, p, reve, q, lr):
    """La pièce : W après un pas."""
    return W + lr * (v.T @ p - reve.T @ q)


def essai(regle, lot, lr, graine=0):
    """Le plus grand poids et l'erreur, après 300 pas ; sans biais."""
    rng = np.random.default_rng(graine)
    W = rng.normal(0, 0.01, (320, 100))
    for _ in range(300):
        v = x[rng.choice(len(x), lot)]
        u = rng.random((lot, 100)), rng.random(v.shape)
        reve = pas_gibbs(v, W, 0, 0, *u)[1]
        W = regle(W, v, sigmoide(v @ W), reve, sigmoide(reve @ W), lr)
    return np.abs(W).max(), np.mean((v - reve) ** 2)

# %% id="musee-lot-essai"
for lot in (5, 20, 90):
    grand, e = essai(regle_du_musee, lot, 0.02)
    print(f"lot de {lot} : plus grand poids {decimal(grand)}, erreur",
          decimal(e, 3))

# %% [markdown] id="musee-lot-trouver"
# Le même taux, trois lots, trois machines. **Trouver :** que vaut `v.T @ p`
# quand on double le lot ? **Réparer :** rendez W après un pas, de sorte que lr
# garde son sens quel que soit le lot. p est P(h | v), q est P(h | rêve).

# %% id="musee-lot-fonction" exercise="11.9" points=1
def nouveaux_poids(W, v, p, reve, q, lr):
    """W après un pas ; une ligne par image dans v, p, reve et q."""
    ### BEGIN SOLUTION
    return W + lr * (v.T @ p - reve.T @ q) / len(v)
    ### END SOLUTION

# %% id="musee-lot-verifier"
nouveaux_poids = exercise("11.9").check(nouveaux_poids)

# %% id="musee-lot-prouver"
for lot in (5, 20, 90):
    grand, e = essai(nouveaux_poids, lot, 0.1)
    print(f"lot de {lot} : plus grand poids {decimal(grand)}, erreur",
          decimal(e, 3))

# %% [markdown] id="musee-lot-commentaire"
# La somme d'un lot de 90 est dix-huit fois celle d'un lot de 5 : au même taux, la
# pièce fait des pas dix-huit fois plus grands, et l'erreur double. Réparée, les
# trois machines se ressemblent : le taux a retrouvé son sens. Il reste une
# différence, normale : un petit lot fait une moyenne plus bruitée.

# %% [markdown] id="musee-chaine-situation"
# **Pièce n° 3. Une chaîne sans hasard.** « Une unité à 0,9 est allumée, une unité
# à 0,1 est éteinte : j'arrondis à 0 ou à 1, et mes rêves sont bien plus nets. »

# %% id="musee-chaine-piece"
def chaine_du_musee(v, W, a, b, u_h, u_v):
    """La pièce : les v visités, un par pas."""
    vus = []
    for _ in range(len(u_h)):
        h = (sigmoide(b + v @ W) > 0.5) * 1.0
        v = (sigmoide(a + W @ h) > 0.5) * 1.0
        vus.append(v)
    return np.array(vus)


rng = np.random.default_rng(0)
u = rng.random((5000, 3)), rng.random((5000, 4))
vus = chaine_du_musee(haut, W, a, b, *u)
print("images différentes, en 5000 pas :", len(np.unique(vus, axis=0)))

# %% [markdown] id="musee-chaine-trouver"
# Une seule image, pour toujours. **Trouver :** à quoi servent `u_h` et `u_v` ?
# **Réparer :** la même chaîne, tirée ; v est une image, `u_h` et `u_v` ont une
# ligne par pas. Rendez les v visités, un par ligne.

# %% id="musee-chaine-fonction" exercise="11.10" points=2
def chaine(v, W, a, b, u_h, u_v):
    """Les v visités, une ligne par pas."""
    ### BEGIN SOLUTION
    vus = []
    for t in range(len(u_h)):
        h = (u_h[t] < sigmoide(b + v @ W)) * 1.0
        v = (u_v[t] < sigmoide(a + W @ h)) * 1.0
        vus.append(v)
    return np.array(vus)
    ### END SOLUTION

# %% id="musee-chaine-verifier"
chaine = exercise("11.10").check(chaine)

# %% id="musee-chaine-figure"
panneaux = []
for nom, marche in (("la pièce", chaine_du_musee), ("réparée", chaine)):
    numeros = marche(haut, W, a, b, *u) @ (8, 4, 2, 1)
    part = np.bincount(numeros.astype(int), minlength=16) / len(numeros)
    print(f"{nom} : écart à p(v)", quantity(
        50 * np.abs(part - loi(W, a, b)).sum(), "%"))
    panneaux.append(cadre(nom, ("image", "", (-1, 16)), ("part", "", (
        0, 1.05)), [Points(range(16), loi(W, a, b), "p(v)", "grey", size=13,
                           filled=False),
                    Points(range(16), part, "chaîne", "blue", size=6)], nom))
montrer(*panneaux)

# %% [markdown] id="musee-chaine-commentaire"
# *Figure :* la part du temps passée sur chaque image. La pièce, à gauche, reste sur
# l'image 12, d'où elle est partie. Réparée, à droite, la chaîne suit p(v), à quelques
# pour cent près.
#
# Les rêves de la pièce sont nets en effet : elle descend l'énergie, puis s'arrête
# au premier creux. C'est le réseau de Hopfield, une mémoire ; ce n'est plus une
# machine qui tire des images selon leur probabilité.

# %% [markdown] id="bilan"
# ## Bilan
#
# - Une énergie donne une probabilité à chaque état ; sans lien dans une couche,
#   chaque couche se tire d'un coup, sachant l'autre.
# - Apprendre, c'est une différence de deux moyennes, ce qu'on voit moins ce
#   qu'on rêve ; CD-1 remplace le rêve par un rêve d'un pas, et se trompe de
#   direction à mesure que la machine devient sûre d'elle.
# - L'erreur de reconstruction ne mesure pas l'apprentissage ; seule la
#   vraisemblance d'images jamais vues le fait.
#
# *La figure à savoir dessiner de mémoire :* l'erreur qui descend, et à côté la
# vraisemblance qui descend aussi.

# %% [markdown] id="plus-loin"
# ## Pour aller plus loin
#
# - **Quelle chaîne pour la phase négative ?** PCD garde ses rêves d'un pas
#   d'apprentissage à l'autre [5]. Avec le taux de la section 8, il fait moins
#   bien que CD-10 : ses chaînes n'ont pas le temps de suivre la machine. Cherchez
#   un taux, ou un calendrier de taux, qui renverse ce résultat.
# - **Pourquoi la chute ?** La divergence contrastive n'est le gradient d'aucune
#   fonction, et peut s'éloigner du maximum [6]. Mesurez, sur la machine de 12
#   unités, l'effet d'un oubli des poids (`weight_decay`) sur la chute.
#
# ## Références
#
# 1. G. Hinton, *Training products of experts by minimizing contrastive
#    divergence*, Neural Computation 14, 2002.
# 2. G. Hinton, *A practical guide to training restricted Boltzmann machines*,
#    Neural Networks : Tricks of the Trade, Springer, 2012.
# 3. R. Salakhutdinov et I. Murray, *On the quantitative analysis of deep belief
#    networks*, ICML, 2008.
# 4. G. Hinton, S. Osindero et Y.-W. Teh, *A fast learning algorithm for deep
#    belief nets*, Neural Computation 18, 2006.
# 5. T. Tieleman, *Training restricted Boltzmann machines using approximations to
#    the likelihood gradient*, ICML, 2008.
# 6. A. Fischer et C. Igel, *Empirical analysis of the divergence of Gibbs
#    sampling based learning algorithms for restricted Boltzmann machines*,
#    ICANN, 2010.
