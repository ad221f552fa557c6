# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] id="titre"
# # TD10 — Rétropropagation dans un réseau à impulsions
#
# Un neurone du TD03 décharge, ou ne décharge pas. Un réseau du TD08 apprend
# parce qu'il descend une pente. Or un oui ou non n'a pas de pente. Dans deux
# heures, vous aurez contourné cette impasse, et un réseau à impulsions lira des
# chiffres.
#
# > **Objectifs.** À la fin, vous saurez :
# > - écrire une couche de neurones intègre-et-tire, et la couche qui l'écoute ;
# > - montrer que son vrai gradient est nul, et ce que l'on met à la place ;
# > - remonter le temps à la main, pas après pas, et le vérifier ;
# > - coder une image par des instants, et lire une réponse dans des potentiels ;
# > - entraîner, valider et juger un réseau à impulsions, avec son coût ;
# > - reconnaître quatre programmes qui tournent, et qui sont faux.
# >
# > **Prérequis.** Le TD03 (intègre-et-tire), le TD08 (règle de la chaîne,
# > validation). Le TD05 aide, pour les courants synaptiques.
# >
# > **Durée.** Deux heures. Si le temps presse, gardez la section 10 pour chez
# > vous.
# >
# > **Matériel repris.** MNIST, du TD08. Tout le reste, vous l'écrivez ici.

# %% [markdown] id="simplifications"
# > **Ce que ces réseaux simplifient.**
# > - *Un neurone y est une fuite et un seuil.* Ni canal, ni dendrite, ni bruit.
# > - *L'erreur remonte le temps.* Un cerveau ne relit pas ses cent dernières
# >   millisecondes à l'envers, en connaissant tous ses poids : ici,
# >   l'apprentissage est un outil, pas un modèle.
# > - *Le temps avance par pas d'une milliseconde.* Deux impulsions du même pas
# >   sont simultanées.
# > - *Les poids n'ont pas de camp.* Un même neurone excite et inhibe.

# %% [markdown] id="preparation-texte"
# Exécutez d'abord les quatre cellules suivantes. Les sections 1 à 8 se suivent.

# %% id="preparation"
# %matplotlib inline
import numpy as np
import torch

from course.data import load
from course.exercises import comparer, exercise, pronostic
from course.plot.french import decimal, quantity, short
from course.plot.mpl import draw
from course.plot.scene import Axis, Image, Line, Mark, Panel, Points, Scene
from course.profile import budget, profile
from course.spiking import (FAMILIES, Latency, LIFLayer, Rate, SpikingNetwork,
                            Surrogate, fit, snapshot, test, weight_changes)
from course.spiking.trainer import Trainer
from course.widgets import explore_spiking_training

# %% id="dessin"
COULEURS = (("blue", "solid"), ("vermillion", "dash"), ("green", "dashdot"),
            ("purple", "dot"))


def cadre(nom, x, y, choses, titre=""):
    """Un panneau ; x et y sont (mot, unité, (bas, haut))."""
    return Panel(nom, Axis(*x), Axis(*y), tuple(choses), title=titre)


def montrer(*colonnes, hauteur=320):
    """Les colonnes côte à côte ; une colonne est un panneau ou plusieurs."""
    piles = tuple(c if isinstance(c, tuple) else (c,) for c in colonnes)
    n = len(piles)
    return draw(Scene(piles, widths=(1,) * n, height=hauteur),
                7 if n == 1 else 9.5)

# %% id="dessin-impulsions"
def decharges(nom, t, qui, n, titre="", couleur="ink", T=100):
    """Un diagramme de décharges : un point par impulsion."""
    return cadre(nom, ("temps", "ms", (0, T)), ("neurone", "", (-1, n)),
                 [Points(t, qui, "", couleur, size=2.5)], titre)


def table(nom, valeurs, lignes, colonnes, limites, titre=""):
    """Un tableau de nombres en niveaux ; lignes et colonnes : leurs noms."""
    haut, large = valeurs.shape
    return Panel(nom, Axis(colonnes, "", (0, large), ()),
                 Axis(lignes, "", (0, haut), ()),
                 (Image(valeurs[::-1], (0, large), (0, haut), limites),),
                 title=titre)

# %% id="donnees"
jeu = load("mnist", subset=budget(flash=(10_000, 2000), td=(10_000, 2000),
                                  complet=None))
EPOQUES = budget(flash=3, td=10, complet=10)
x, y = jeu.x_train.reshape(-1, 784), jeu.y_train
x_test, y_test = jeu.x_test.reshape(-1, 784), jeu.y_test
print(f"Profil « {profile()} » : {len(x)} images d'apprentissage,",
      f"{len(x_test)} de test, {EPOQUES} époques")

# %% [markdown] id="couche-situation"
# ## 1. Du neurone à la couche
#
# ### Situation
#
# Une impulsion arrive sur une synapse. Un courant naît, puis s'éteint. Le
# potentiel monte, puis fuit. S'il passe le seuil, le neurone décharge. C'est le
# neurone du TD03, entre deux pas d'une milliseconde.
#
# ### Formaliser
#
# Entre deux impulsions, courant et potentiel décroissent en exponentielle : en
# un pas, exactement d'un facteur
# $\alpha = e^{-\Delta t/\tau_{syn}}$ et $\beta = e^{-\Delta t/\tau_m}$. Pour
# une couche entière :
#
# $$i_t = \alpha\,i_{t-1} + s^{in}_t W \qquad
# v_t = \beta\,v_{t-1} + i_t - \theta\,s_{t-1} \qquad
# s_t = H(v_t - \theta)$$
#
# - $s^{in}_t$ contient des 0 et des 1 : qui vient de décharger en amont ;
# - W a une ligne par entrée et une colonne par neurone ;
# - la **remise** retire θ à qui a déchargé **au pas précédent** ;
# - H vaut 1 si son argument est strictement positif, 0 sinon.
#
# ### Coder
#
# Un pas. `s` est ce que la couche a émis au pas précédent ; rendez le nouvel
# état, dans l'ordre i, v, s.

# %% id="couche-fonction" exercise="10.1" points=2
def pas_lif(s_in, W, i, v, s, alpha, beta, theta):
    """(i, v, s) après un pas ; s_in (entrée,), W (entrée, neurone)."""
    ### BEGIN SOLUTION
    i = alpha * i + s_in @ W
    v = beta * v + i - theta * s
    s = np.where(v > theta, 1.0, 0.0)
    return i, v, s
    ### END SOLUTION

# %% id="couche-verifier"
pas_lif = exercise("10.1").check(pas_lif)

# %% [markdown] id="couche-predire"
# ### Prédire
#
# Avec $\tau_{syn}$ = 5 ms, $\tau_m$ = 10 ms et θ = 1, combien d'entrées de poids
# 0,1 doivent tirer **ensemble** pour faire décharger le neurone ? Si
# rien ne s'accumulait, il en faudrait onze, car dix font θ tout juste : mais le
# courant dure.

# %% id="couche-pronostic"
pronostic("10.a", entrees_ensemble=None)

# %% id="couche-simuler"
ALPHA, BETA, THETA = np.exp(-1 / 5), np.exp(-1 / 10), 1.0


def un_neurone(instants, w, T=60):
    """(i, v, s), chacun (temps,), d'un neurone qui reçoit ces instants."""
    i = v = s = np.zeros(1)
    suite = []
    for t in range(T):
        entree = np.array([float(instants.count(t))])
        i, v, s = pas_lif(entree, np.array([[w]]), i, v, s, ALPHA, BETA, THETA)
        suite.append((i[0], v[0], s[0]))
    return np.array(suite).T

# %% id="couche-compter"
sommets = [un_neurone([5] * n, 0.1)[1].max() for n in range(1, 6)]
for n, sommet in enumerate(sommets, 1):
    print(f"{n} ensemble : le potentiel monte à {decimal(sommet, 2)}")
comparer("10.a", entrees_ensemble=1 + sum(v <= THETA for v in sommets))

# %% id="couche-figure"
instants = [5, 8, 9, 10, 11, 12, 13, 14, 40]
i, v, s = un_neurone(instants, 0.16)
t = np.arange(60)
montrer((cadre("courant", ("temps", "ms", (0, 60)), ("i", "", (0, 0.9)),
               [Line(t, i, "", "vermillion"),
                *(Mark(x=k) for k in instants)], "Le courant"),
         cadre("potentiel", ("temps", "ms", (0, 60)), ("v", "", (-0.2, 1.6)),
               [Line(t, v, "", "blue"), Mark(y=THETA, text="θ"),
                Points(t[s > 0], v[s > 0], "décharge", "ink", size=7)],
               "Le potentiel")), hauteur=420)

# %% [markdown] id="couche-commentaire"
# *Figure :* en haut le courant, en bas le potentiel ; les traits gris sont les
# neuf impulsions reçues, de poids 0,16. Une seule ne ferait monter le potentiel
# qu'à 0,46. Mais les huit premières se chevauchent : le courant s'accumule, le
# seuil est passé. Les disques sont les cinq décharges ; au pas suivant, le
# potentiel a perdu θ et repart, car le courant dure encore. L'impulsion de
# 40 ms, isolée, échoue, même aidée par un reste de potentiel.
#
# Un tel neurone lit des **coïncidences** : quatre entrées de poids 0,1 suffisent
# ensemble, alors que dix, éparpillées, peuvent échouer.

# %% [markdown] id="reseau-situation"
# ### Deux couches, et quelqu'un qui écoute
#
# Le réseau a une couche cachée, qui décharge, et une **lecture** : un neurone par
# classe, qui a courant et potentiel, mais ni seuil ni remise. On écoute son
# potentiel. Tout vaut 0 au départ, et une impulsion cachée atteint la lecture au
# même pas.
#
# ### Coder
#
# Faites avancer les deux couches, pas après pas. Rendez les potentiels de la
# lecture, une ligne par pas.

# %% id="reseau-fonction" exercise="10.2" points=2
def reseau(entrees, W, W_o, alpha, beta, theta):
    """Potentiels de la lecture (temps, classe) ; entrees (temps, entrée)."""
    ### BEGIN SOLUTION
    i = v = s = np.zeros(W.shape[1])
    i_o = v_o = np.zeros(W_o.shape[1])
    suivi = []
    for x in entrees:
        i, v, s = pas_lif(x, W, i, v, s, alpha, beta, theta)
        i_o = alpha * i_o + s @ W_o
        v_o = beta * v_o + i_o
        suivi.append(v_o)
    return np.array(suivi)
    ### END SOLUTION

# %% id="reseau-verifier"
reseau = exercise("10.2").check(reseau)

# %% id="reseau-comparer"
petit = SpikingNetwork([12, 8, 3], steps=40, seed=1).double()
hasard = np.random.default_rng(0)
entrees = (hasard.random((40, 12)) < 0.3).astype(float)
leur = petit.output(torch.from_numpy(entrees)[:, None])[:, 0].detach().numpy()
W, W_o = (w.detach().numpy() for w in petit.weights)
ecart = np.abs(reseau(entrees, W, W_o, ALPHA, BETA, THETA) - leur).max()
print(f"votre réseau et `SpikingNetwork` : écart maximal {ecart:.0e}")

# %% [markdown] id="reseau-commentaire"
# Vos lignes sont **le** réseau du cours. `course.spiking` calcule la même chose,
# plus vite ; ce qui reste à comprendre, c'est comment il apprend.

# %% [markdown] id="plat-situation"
# ## 2. Une pente qui n'existe pas
#
# ### Situation
#
# Un neurone reçoit un train d'impulsions par une seule synapse, de poids w. Il
# en émet $n(w)$. On voudrait qu'il en émette davantage : de quel côté pousser
# w ? Le TD08 répond : suivez la pente $dn/dw$.
#
# ### Coder
#
# Mesurez une pente par différence centrée :
# $\left(f(w+h) - f(w-h)\right)/2h$.

# %% id="plat-fonction" exercise="10.3" points=1
def pente(fonction, w, h):
    """La pente de `fonction` en w, par différence centrée de pas h."""
    ### BEGIN SOLUTION
    return (fonction(w + h) - fonction(w - h)) / (2 * h)
    ### END SOLUTION

# %% id="plat-verifier"
pente = exercise("10.3").check(pente)

# %% [markdown] id="plat-predire"
# ### Prédire
#
# On mesure la pente de $n(w)$ en 400 poids entre 0 et 0,5, avec h = 0,0001. Pour
# quelle part d'entre eux, en %, vaut-elle **exactement** zéro ?

# %% id="plat-pronostic"
pronostic("10.b", pentes_nulles=None)

# %% id="plat-mesurer"
recues = sorted(hasard.choice(100, 30, replace=False).tolist())


def impulsions(w):
    """Combien d'impulsions le neurone émet, quand la synapse pèse w."""
    return un_neurone(recues, w, 120)[2].sum()


poids = np.linspace(0, 0.5, 400)
n = np.array([impulsions(w) for w in poids])
pentes = np.array([pente(impulsions, w, 1e-4) for w in poids])
comparer("10.b", pentes_nulles=100 * np.mean(pentes == 0))
print("les autres pentes valent",
      " ; ".join(sorted({short(p) for p in pentes[pentes != 0]})))

# %% id="plat-figure"
montrer(cadre("escalier", ("poids w", "", (0, 0.5)),
              ("impulsions émises", "", (0, n.max() + 2)),
              [Line(poids, n, "", "blue")],
              "n(w)"),
        cadre("marches", ("poids w", "", (0, 0.5)),
              ("pente mesurée", "", (-800, 6000)),
              [Points(poids, pentes, "", "vermillion", size=4)], "Sa pente"))

# %% [markdown] id="plat-commentaire"
# *Figure :* à gauche, le nombre d'impulsions monte en escalier avec le poids. À
# droite, sa pente : nulle presque partout, immense sur les marches. Les rares
# valeurs non nulles valent $1/2h$ : elles mesurent h, pas le neurone. Divisez h
# par dix, elles seront dix fois plus hautes et dix fois plus rares.
#
# Un palier ne dit pas de quel côté descendre. Le gradient **exact** est donc
# juste, et inutile : la règle de la chaîne contient le facteur $H'(v-\theta)$,
# qui vaut 0.

# %% [markdown] id="plat-expliquer" exercise="10.3x" manual=true points=1
# **Expliquer.** De loin, l'escalier monte : sa pente moyenne, de 0 à 0,5, est
# positive. Quelle différence faites-vous entre cette pente-là et le gradient, et
# laquelle voudrait-on suivre ?
#
# ### BEGIN SOLUTION
# Le gradient regarde un voisinage infiniment petit : il tombe sur un palier. La
# pente moyenne regarde un voisinage grand devant les marches : elle est celle
# d'une courbe lissée. C'est la seconde qu'il faut suivre, et c'est ce que fera
# la dérivée de substitution, sans calculer ailleurs qu'au point même.
# ### END SOLUTION

# %% [markdown] id="substitut-situation"
# ## 3. Mentir au retour, jamais à l'aller
#
# ### Formaliser
#
# À l'**aller**, rien ne change : les impulsions restent des 0 et des 1. Au
# **retour**, là où la règle de la chaîne demande $H'(x)$, avec $x = v - \theta$,
# on met la pente d'une fonction lisse qui ressemble à H. C'est le **gradient de
# substitution** [1]. Le plus courant, *SuperSpike* [2] :
#
# $$\sigma'(x) = \frac{1}{(1 + k\,|x|)^2}$$
#
# L'**échelle** k resserre la pente autour du seuil ; le cours prend 10. La pente
# vaut 1 au seuil. Loin du seuil, elle est petite et jamais nulle : un neurone
# presque prêt reçoit un message, un neurone muet en reçoit encore un murmure.
#
# ### Coder

# %% id="substitut-fonction" exercise="10.4" points=1
def derivee_super_spike(x, k):
    """La dérivée de substitution en x = v − θ, d'échelle k."""
    ### BEGIN SOLUTION
    return 1 / (1 + k * np.abs(x)) ** 2
    ### END SOLUTION

# %% id="substitut-verifier"
derivee_super_spike = exercise("10.4").check(derivee_super_spike)

# %% id="substitut-figure"
X = torch.linspace(-2, 2, 401, dtype=torch.float64)
noms, rangs = list(FAMILIES), [[], [], [], []]
for rang, nom in enumerate([*noms, "vrai"]):
    sub = None if nom == "vrai" else Surrogate(nom)
    f, d = (((X > 0).double(), 0 * X) if sub is None
            else (sub.function(X), sub.derivative(X)))
    titre = "le vrai seuil" if sub is None else FAMILIES[nom].title
    rangs[rang % 4].append(cadre(
        f"s{rang}", ("x", "", (-2, 2)), ("", "", (-0.6, 2.1)),
        [Line(X.numpy(), f.numpy(), "", "vermillion", "dash"),
         Line(X.numpy(), d.numpy(), "", "blue")], titre))
montrer(*(tuple(rang) for rang in rangs), hauteur=460)

# %% [markdown] id="substitut-commentaire"
# *Figure :* en tirets, la fonction lisse ; en trait plein, sa pente, celle que le
# retour emprunte. Toutes, sauf la ReLU à fuite, sont symétriques autour du
# seuil, à l'échelle par défaut du cours. La ReLU à fuite garde la même pente pour
# tout neurone au-dessus du seuil. La fonction lisse de SuperSpike ne va pas de 0 à
# 1 : seule sa pente sert. La triangulaire et la rectangulaire s'annulent tout à fait loin du
# seuil ; SuperSpike et l'arctangente gardent de longues queues. La dernière
# case est la vérité : une marche, et une pente nulle.
#
# Attention aux bibliothèques : la même échelle n'y a pas toujours le même sens.
# L'arctangente de snnTorch vaut k/2 au seuil, la nôtre y vaut 1.

# %% [markdown] id="retour-situation"
# ## 4. Remonter le temps
#
# ### Sur le papier
#
# Trois pas, un neurone. La perte L dépend de ses impulsions, et l'on connaît
# $g_t = \partial L/\partial s_t$. Déroulez le calcul :
#
# $$i_1 \to v_1 \to s_1,\quad i_2 \to v_2 \to s_2,\quad i_3 \to v_3 \to s_3$$
#
# $i_1$ agit sur $v_1$, et sur $i_2$ par la fuite α. $v_1$ agit sur $s_1$, et sur
# $v_2$ par la fuite β. On **détache** la remise : le gradient ne la traverse
# pas. Écrivez $\partial L/\partial v_3$, puis $\partial L/\partial v_2$, puis
# $\partial L/\partial v_1$. De quoi chacun a-t-il besoin ?
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# $\partial L/\partial v_3 = g_3\,\sigma'_3$ : après le pas 3, rien.
#
# $\partial L/\partial v_2 = g_2\,\sigma'_2 + \beta\,\partial L/\partial v_3$, et
# de même pour $v_1$. Chaque pas a besoin du **suivant** : on part de la fin.
#
# Pour le courant : $\partial L/\partial i_t = \partial L/\partial v_t
# + \alpha\,\partial L/\partial i_{t+1}$.
#
# Enfin W agit sur chaque $i_t$ par $s^{in}_t W$ : ses gradients s'ajoutent,
# $\partial L/\partial W = \sum_t (s^{in}_t)^\top\,\partial L/\partial i_t$.
#
# </details>
#
# ### Coder
#
# Les mêmes formules, pour T pas et une couche. `derivee` contient les
# $\sigma'(v_t - \theta)$.

# %% id="retour-fonction" exercise="10.5" points=3
def retropropagation(g, derivee, s_in, alpha, beta):
    """∂L/∂W ; g et derivee (temps, neurone), s_in (temps, entrée)."""
    ### BEGIN SOLUTION
    dv = di = np.zeros(g.shape[1])
    dW = np.zeros((s_in.shape[1], g.shape[1]))
    for t in reversed(range(len(g))):
        dv = g[t] * derivee[t] + beta * dv
        di = dv + alpha * di
        dW += np.outer(s_in[t], di)
    return dW
    ### END SOLUTION

# %% id="retour-verifier"
retropropagation = exercise("10.5").check(retropropagation)

# %% [markdown] id="retour-texte"
# ### Vérifier
#
# PyTorch sait dériver tout seul. On lui donne la couche du cours, une perte
# $L = \sum g_t\,s_t$ où g est tiré au hasard, et l'on compare ses gradients aux
# vôtres.

# %% id="retour-comparer"
torch.manual_seed(0)
couche = LIFLayer(12, 5).double()
g = hasard.normal(size=(40, 5))
trains = torch.from_numpy(entrees)[:, None]
(couche(trains)[:, 0] * torch.from_numpy(g)).sum().backward()
v = couche.run(couche.current(trains)).v[:, 0].detach().numpy()
a_la_main = retropropagation(
    g, derivee_super_spike(v - THETA, couche.surrogate.scale), entrees,
    ALPHA, BETA)
leur = couche.W.grad.numpy()
print("plus grand gradient :", decimal(np.abs(leur).max(), 2),
      f" écart avec le vôtre : {np.abs(a_la_main - leur).max():.0e}")

# %% [markdown] id="retour-commentaire"
# Les deux calculs s'accordent à l'arrondi près. Vous venez d'écrire la
# **rétropropagation à travers le temps** d'une couche à impulsions. Remarquez ce
# qu'elle exige : garder tous les potentiels de l'aller, et connaître la fin pour
# corriger le début. Aucun neurone ne sait faire cela.

# %% [markdown] id="code-situation"
# ## 5. Une image devient des impulsions
#
# ### Situation
#
# Un pixel est un nombre entre 0 et 1 ; une couche à impulsions attend des
# instants. Premier code, la **latence** : un pixel est un courant constant qui
# charge un neurone sans remise, et l'on note l'instant où il passe un seuil.
# Clair, il est prompt ; sombre, il ne décharge jamais.
#
# ### Formaliser
#
# Le neurone suit $v(t) = x\,(1 - e^{-t/\tau})$. Il atteint le seuil si x le
# dépasse, à l'instant
#
# $$t = \tau\,\ln\frac{x}{x - \text{seuil}}$$
#
# ### Coder
#
# Pour un tableau de pixels. `np.inf` veut dire jamais.

# %% id="code-fonction" exercise="10.6" points=2
def latence(x, tau, seuil):
    """Les instants [ms], de la forme de x ; np.inf si x ≤ seuil."""
    ### BEGIN SOLUTION
    t = np.full(x.shape, np.inf)
    clair = x > seuil
    t[clair] = tau * np.log(x[clair] / (x[clair] - seuil))
    return t
    ### END SOLUTION

# %% id="code-verifier"
latence = exercise("10.6").check(latence)

# %% [markdown] id="code-predire"
# ### Prédire
#
# Second code, le **taux** : à chaque milliseconde, un pixel de valeur x décharge
# avec la probabilité x × 100 Hz × 1 ms. Sur 100 ms, combien d'impulsions par
# image, en moyenne, pour chaque code ? Une image de MNIST a 784 pixels, dont un
# sur cinq environ n'est pas noir.

# %% id="code-pronostic"
pronostic("10.c", latence=None, taux=None)

# %% id="code-mesurer"
# La même image, par les deux codes.
codes = {"latence": Latency(), "taux": Rate()}
trains = {nom: code(x_test[:500], np.random.default_rng(0))
          for nom, code in codes.items()}
moyennes = {nom: e.counts.sum() / 500 for nom, e in trains.items()}
comparer("10.c", **moyennes)
t = latence(x_test[0].astype(float), 20.0, 0.2)
print("premier instant :", quantity(t.min(), "ms"), " dernier :",
      quantity(t[np.isfinite(t)].max(), "ms"))

# %% id="code-figure"
panneaux = [table("image", x_test[0].reshape(28, 28), "", "", (0, 1),
                  "L'image")]
for nom, e in trains.items():
    _, t, qui = e[np.array([0])].where()
    panneaux.append(decharges(nom, t, qui, 784, "Par " + {
        "latence": "la latence", "taux": "le taux"}[nom]))
montrer(*panneaux)

# %% [markdown] id="code-commentaire"
# *Figure :* l'image, puis ses impulsions, un pixel par ligne. Par la latence,
# chaque pixel clair parle une seule fois, quatre sur cinq dans les dix
# premières millisecondes : aucun ne peut parler avant 4,5 ms, l'instant du pixel le plus
# clair. Par le taux, les mêmes pixels répètent pendant 100 ms : huit fois plus
# d'impulsions, qui disent la même chose, en plus sûr.
#
# L'image a perdu ses lignes et ses colonnes : le réseau reçoit 784 fils sans
# voisinage, comme le perceptron du TD08.

# %% [markdown] id="apprendre-situation"
# ## 6. Apprendre
#
# 784 entrées, 100 neurones cachés, 10 lectures. Le score d'une classe est le
# **maximum** du potentiel de sa lecture ; la perte, l'entropie croisée du TD08.
#
# ### Prédire
#
# Quelle part des images de validation, en %, sera bien reconnue après **une**
# époque ? Et après la dernière ?

# %% id="apprendre-pronostic"
pronostic("10.d", premiere=None, derniere=None)

# %% id="apprendre-lancer"
net = SpikingNetwork([784, 100, 10], seed=0)
avant = snapshot(net)
histoire = fit(net, (x, y), epochs=EPOQUES, seed=0)
print(histoire)
comparer("10.d", premiere=100 * histoire.val_accuracy[0],
         derniere=100 * histoire.val_accuracy[-1])

# %% id="apprendre-figure"
e = np.arange(1, len(histoire) + 1)
montrer(cadre("exactitude", ("époque", "", (0.5, len(histoire) + 0.5)),
              ("images reconnues", "%", (60, 100)),
              [Line(e, 100 * np.array(histoire.accuracy), "apprentissage",
                    "blue"),
               Line(e, 100 * np.array(histoire.val_accuracy), "validation",
                    "vermillion", "dash")], "L'exactitude"),
        cadre("taux", ("époque", "", (0.5, len(histoire) + 0.5)),
              ("décharge de la couche cachée", "Hz", (0, 20)),
              [Line(e, [r[0] for r in histoire.rates], "", "green")],
              "L'activité"))

# %% [markdown] id="apprendre-commentaire"
# *Figure :* à gauche, près de neuf images sur dix dès la première époque. Puis
# l'apprentissage monte encore, la validation ralentit : l'écart entre les deux
# est le surapprentissage du TD08, et `fit` rend les poids de la meilleure
# époque. À droite, une décharge sobre : une dizaine d'impulsions par neurone et
# par seconde, soit à peine plus d'une par image.
#
# Le chemin `fused`, que `fit` annonce, suit vos formules, une image à la fois, aller
# et retour dans un seul programme compilé. Une boucle sur le temps comme votre
# `reseau`, écrite avec PyTorch, demande plus de cinquante fois plus de temps.

# %% [markdown] id="lire-situation"
# ## 7. Lire la réponse, et juger
#
# ### Coder
#
# La lecture a rendu ses potentiels, de forme (temps, image, classe). La réponse
# est la classe dont le potentiel a le plus grand maximum dans le temps.

# %% id="lire-fonction" exercise="10.7" points=1
def reponse(v_o):
    """La classe répondue pour chaque image ; v_o (temps, image, classe)."""
    ### BEGIN SOLUTION
    return v_o.max(axis=0).argmax(axis=-1)
    ### END SOLUTION

# %% id="lire-verifier"
reponse = exercise("10.7").check(reponse)
v_o = net.output(x_test[:1000]).detach().numpy()
print("justes, sur 1000 :", (reponse(v_o) == y_test[:1000]).sum())

# %% [markdown] id="lire-predire"
# ### Prédire
#
# On abîme les images de test de trois façons : un **bruit** d'écart-type 0,3 sur
# les pixels, une **gigue** de 5 ms sur chaque instant, 30 % des impulsions
# **effacées**. Laquelle coûte le plus cher ? Répondez `"bruit"`, `"gigue"` ou
# `"effacées"`.

# %% id="lire-pronostic"
pronostic("10.e", la_pire=None)

# %% id="lire-juger"
rapport = test(net, (x_test, y_test), noise=(0.3,), jitter=(5.0,),
               deleted=(0.3,))
print(rapport)
restes = {"bruit": rapport.robustness["noise"][0.3],
          "gigue": rapport.robustness["jitter"][5.0],
          "effacées": rapport.robustness["deleted"][0.3]}
comparer("10.e", la_pire=min(restes, key=restes.get))

# %% id="lire-figure"
confusion = rapport.confusion / rapport.confusion.sum(axis=1, keepdims=True)
temps = np.arange(100)
courbes = [Line(temps, v_o[:, 0, c], str(c) if c == y_test[0] else "",
                "vermillion" if c == y_test[0] else "grey",
                width=2.2 if c == y_test[0] else 1.0) for c in range(10)]
haut = 1.1 * np.abs(v_o[:, 0]).max()
montrer(table("confusion", np.sqrt(confusion), "classe vraie, 0 en haut",
              "réponse, 0 à gauche", (0, 1), "Confusions"),
        cadre("lecture", ("temps", "ms", (0, 100)), (
            "potentiel de la lecture", "", (-haut, haut)), courbes,
              "Une image, dix lectures"))

# %% [markdown] id="lire-commentaire"
# *Figure :* à gauche, la matrice de confusion, en racine carrée pour que les
# erreurs se voient : la diagonale domine. À droite, les dix potentiels pour la
# première image de test, un 7 : le sien, en orange, se détache en quelques
# millisecondes, puis tous retombent. Après 60 ms, tout est presque éteint.
#
# Le bruit coûte de loin le plus cher : il **ajoute** des impulsions dans le fond
# noir, là où l'apprentissage n'en a jamais vu. La gigue ne coûte presque rien :
# avec un code si prompt, le réseau lit surtout **qui** parle, et peu **quand**.
#
# Comptez enfin le travail. Sans impulsions, il faudrait 79 400 produits par
# image. Ici, une addition par impulsion et par synapse : six fois moins, et sans
# multiplication. Sur un processeur ordinaire, cet avantage se perd en partie ;
# sur une puce neuromorphique, il est la raison d'être du modèle.
#
# Où en êtes-vous ? Avec les 10 000 images du cours et dix époques, visez 91 % du
# test. Avec MNIST entier, le même réseau atteint 97,3 à 97,6 % en dix époques, et
# 98,2 % en trente si l'on décale chaque image d'un pixel (`shift=1`) : mesures du
# cours, sur trois graines.

# %% [markdown] id="dedans-situation"
# ## 8. Ce que l'apprentissage a changé
#
# Le même réseau, la même image, avant et après. Seuls les poids diffèrent.

# %% id="dedans-mesurer"
neuf = SpikingNetwork([784, 100, 10], seed=0)
vus = {}
for nom, reseau_vu in (("avant", neuf), ("après", net)):
    cachee, lecture = reseau_vu.record(x_test[:1])
    t, qui = np.nonzero(cachee.s[:, 0].numpy())
    vus[nom] = t, qui, cachee.v[:, 0].numpy(), lecture.v[:, 0].numpy()
    print(f"{nom} : {len(t)} impulsions cachées,",
          f"{len(set(qui.tolist()))} neurones actifs")
for k, change in enumerate(weight_changes(avant, net), 1):
    print(f"poids de la couche {k} : déplacés de",
          f"{quantity(100 * change.size, '%')} de leur norme,",
          f"{quantity(100 * change.flipped, '%')} ont changé de signe")

# %% id="dedans-figure"
colonnes = []
for nom, (t, qui, v, v_o) in vus.items():
    actif = int(np.bincount(vus["après"][1]).argmax())
    membrane = [Line(temps, v[:, actif], "", "blue"), Mark(y=1.0)]
    lectures = [Line(temps, v_o[:, c], "", "vermillion" if c == y_test[0]
                     else "grey") for c in range(10)]
    colonnes.append((
        decharges(f"d{nom}", t, qui, 100, f"Couche cachée, {nom}", T=60),
        cadre(f"m{nom}", ("temps", "ms", (0, 60)), ("v", "", (-0.5, 2)),
              membrane, f"Un neurone caché, {nom}"),
        cadre(f"l{nom}", ("temps", "ms", (0, 60)), ("v", "", (-haut, haut)),
              lectures, f"Les lectures, {nom}")))
montrer(*colonnes, hauteur=640)

# %% [markdown] id="dedans-commentaire"
# *Figure :* à gauche avant, à droite après. En haut, les décharges de la couche
# cachée ; au milieu, le potentiel du neurone le plus actif après apprentissage,
# et le seuil ; en bas, les dix lectures, celle de la bonne classe en orange. Avant,
# neuf impulsions à peine, et dix lectures dans un mouchoir. Après, dix fois plus
# d'impulsions, en salves dans les vingt premières millisecondes : la bonne
# lecture est poussée vers le haut, la plupart des autres sont tirées vers le bas.
# Près d'un poids d'entrée sur cinq a changé de signe.

# %% [markdown] id="explorer-texte"
# ## 9. Regarder un réseau apprendre
#
# Lancez l'apprentissage avec ▶. Avant de toucher un réglage, dites ce qui va se
# passer ; puis :
#
# - portez le pas d'apprentissage à 0,1 pendant qu'il apprend : la perte
#   remonte-t-elle ? Ramenez-le ;
# - descendez β à 0,5 : combien d'impulsions reste-t-il dans la couche cachée, et
#   pourquoi ?
# - choisissez « votre chiffre », dessinez un 1 penché, puis un 7 barré. À quel
#   instant la réponse se fixe-t-elle ?
# - recommencez avec un autre substitut : la courbe pâle est celle d'avant.

# %% id="explorer"
explore_spiking_training()

# %% [markdown] id="etudes-situation"
# ## 10. Six études
#
# Chacune change **une** chose au réseau de la section 6. L'exactitude est celle
# des images de test, avec une seule graine : un écart de moins d'un point n'est
# pas un résultat.

# %% id="etudes-outil"
ETUDE = budget(flash=2, td=6, complet=10)


def essai(caches=(100,), gele=None, **choix):
    """(réseau, histoire, % juste au test) d'un réseau entraîné."""
    r = SpikingNetwork([784, *caches, 10], seed=0, **choix)
    if gele is not None:
        r.freeze(gele)
    h = fit(r, (x, y), epochs=ETUDE, seed=0, progress=False)
    bilan = test(r, (x_test, y_test), noise=(), jitter=(), deleted=())
    return r, h, 100 * bilan.accuracy

# %% [markdown] id="etude-substitut"
# ### Quel substitut, à quelle échelle ?
#
# ### Prédire
#
# Sur toutes les formes et toutes les échelles essayées, de combien de **points**
# la meilleure exactitude dépasse-t-elle la pire ?
#
# La cellule qui suit entraîne 35 réseaux au profil `td` : comptez une minute. Au
# profil `complet`, bien davantage.

# %% id="etude-substitut-pronostic"
pronostic("10.f", ecart=None)

# %% id="etude-substitut-mesurer"
formes = budget(flash=("super_spike", "sigmoid"), td=tuple(FAMILIES),
                complet=tuple(FAMILIES))
grille = np.array([[essai(surrogate=(nom, k))[2] for k in
                    FAMILIES[nom].grid] for nom in formes])
for nom, ligne in zip(formes, grille, strict=True):
    echelles = (f"{short(k)} → {decimal(p)}"
                for k, p in zip(FAMILIES[nom].grid, ligne, strict=True))
    print(f"{FAMILIES[nom].title} :", " ; ".join(echelles))
comparer("10.f", ecart=np.ptp(grille))

# %% [markdown] id="etude-substitut-commentaire"
# Les flèches donnent l'échelle et l'exactitude, en %. La **forme** importe
# peu : chacune a une échelle qui fait aussi bien que les autres [3]. L'**échelle**
# importe un peu plus : trop étroite, le gradient ne passe que par les rares
# neurones au seuil ; trop large, il traite tous les neurones de la même façon.
# Ce qui compte est que le retour dise, en gros, de quel côté pousser.

# %% [markdown] id="etude-profondeur"
# ### Profondeur, code, remise
#
# ### Prédire
#
# Dans chaque paire, lequel gagne ? `"un"` ou `"trois"` étages cachés de 100
# neurones ; le code par `"latence"` ou par `"taux"`.

# %% id="etude-profondeur-pronostic"
pronostic("10.g", etages=None, code=None)

# %% id="etude-profondeur-mesurer"
variantes = {"un étage": {}, "deux étages": {"caches": (100, 100)},
             "trois étages": {"caches": (100, 100, 100)},
             "code par taux": {"encoder": "rate"},
             "remise non détachée": {"detach": False}}
scores = {}
for nom, choix in variantes.items():
    _, h, scores[nom] = essai(**choix)
    taux = " ; ".join(decimal(r) for r in h.rates[-1])
    print(f"{nom} : {quantity(scores[nom], '%')}, décharges {taux} Hz,",
          f"{quantity(h.seconds[-1], 's', 2)} par époque")
comparer("10.g", etages="un" if scores["un étage"] > scores["trois étages"]
         else "trois",
         code="latence" if scores["un étage"] > scores["code par taux"]
         else "taux")

# %% [markdown] id="etude-profondeur-commentaire"
# Au profil `td`, aucune de ces variantes ne change l'exactitude de deux points.
# Trois étages apprennent plus lentement, car le message se déforme à chaque substitut
# traversé, et ne gagnent rien sur des chiffres si simples. Le taux demande
# huit fois plus d'impulsions, et plusieurs fois plus de temps, pour une
# exactitude voisine. Laisser le gradient traverser la remise ne gagne rien ici :
# on détache, c'est plus simple et plus stable [4].

# %% [markdown] id="etude-gel"
# ### Geler une couche
#
# ### Prédire
#
# On **gèle** une couche : ses poids restent ceux du hasard. Quelle exactitude,
# en %, si l'on gèle la première ? Et si l'on gèle la seconde ?

# %% id="etude-gel-pronostic"
pronostic("10.h", premiere_gelee=None, seconde_gelee=None)

# %% id="etude-gel-mesurer"
gels = []
for gelee in (0, 1):
    _, h, score = essai(gele=gelee)
    gels.append(score)
    print(f"couche {gelee + 1} gelée : décharge de la couche cachée,",
          quantity(h.rates[-1][0], "Hz"))
comparer("10.h", premiere_gelee=gels[0], seconde_gelee=gels[1])

# %% [markdown] id="etude-gel-commentaire"
# Geler la **seconde** ne coûte presque rien : la couche cachée apprend à parler à
# une lecture tirée au hasard. Geler la **première** ruine tout. Une projection au
# hasard n'est pourtant pas sans valeur, le TD06 en tirait parti. Mais lisez la
# décharge : sans correction, la couche cachée se tait presque, et une lecture ne
# peut rien apprendre d'un silence.

# %% [markdown] id="etude-echelle"
# ### Des neurones morts
#
# `weight_scale` multiplie les poids de départ. Il vaut 7 partout ailleurs ; on
# l'essaie de 1 à 30.
#
# ### Prédire
#
# Parmi 1, 2, 7 et 30, lesquelles empêchent d'apprendre ? Répondez par les
# échelles séparées de virgules, par exemple `"7, 30"`.

# %% id="etude-echelle-pronostic"
pronostic("10.i", echelles_perdues=None)

# %% id="etude-echelle-mesurer"
perdues = []
for echelle in (1, 2, 7, 30):
    _, h, score = essai(weight_scale=float(echelle))
    print(f"échelle {echelle} : {quantity(score, '%')}, neurones muets",
          f"{quantity(100 * h.dead[-1][0], '%', 0)}, premier gradient",
          f"{decimal(h.gradients[0][0], 2)}")
    perdues += [str(echelle)] if score < 80 else []
comparer("10.i", echelles_perdues=", ".join(perdues))

# %% [markdown] id="etude-echelle-commentaire"
# À 1, aucun neurone n'atteint le seuil, le gradient est **exactement** nul, et
# rien ne bougera jamais. À 30, tout décharge à tort et à travers. Entre les
# deux, une large plage convient. Un réseau à impulsions a donc un défaut que le
# TD08 ignorait : il peut naître mort.
#
# Mais pourquoi *exactement* nul ? SuperSpike a de longues queues : elles devraient
# transmettre un murmure. La section suivante tient la réponse.

# %% [markdown] id="etude-maximum"
# ### Un piège de la lecture
#
# Le score est un maximum dans le temps. Si une lecture ne monte jamais au-dessus
# de 0, son maximum est à t = 0, avant toute impulsion : rien ne l'y relie à
# aucun poids. Cette classe ne reçoit **aucun** gradient.
#
# ### Prédire
#
# Échelle 1, le réseau muet d'avant. On lit maintenant la **moyenne** dans le temps
# (`decoder="mean"`). Apprendra-t-il ? `"oui"`
# ou `"non"`. Et avec dix neurones cachés seulement, combien de classes ne seront
# **jamais** répondues, si on lit le maximum ?

# %% id="etude-maximum-pronostic"
pronostic("10.j", muet_apprend=None, classes_jamais=None)

# %% id="etude-maximum-mesurer"
muet = essai(weight_scale=1.0, decoder="mean")[2]
etroits = {}
for lecture in ("max", "mean"):
    r, _, score = essai((10,), decoder=lecture)
    bilan = test(r, (x_test, y_test), noise=(), jitter=(), deleted=())
    etroits[lecture] = int((bilan.confusion.sum(axis=0) == 0).sum())
    mot = {"max": "maximum", "mean": "moyenne"}[lecture]
    print(f"dix neurones, {mot} : {quantity(score, '%')},",
          "pire classe", quantity(100 * min(bilan.per_class), "%"))
print("réseau muet, lu par la moyenne :", quantity(muet, "%"))
comparer("10.j", muet_apprend="oui" if muet > 80 else "non",
         classes_jamais=etroits["max"])

# %% [markdown] id="etude-maximum-commentaire"
# Lu par la moyenne, le réseau muet apprend : le murmure des queues suffit, pourvu
# qu'une perte l'écoute. Lu par le maximum, le réseau étroit oublie une classe
# entière, et y reste. L'exactitude globale, elle, semblait honnête : c'est
# l'exactitude **par classe** qui l'a trahi.

# %% [markdown] id="bilan"
# ## Bilan
#
# - Une couche à impulsions est une récurrence de trois lignes : un courant, un
#   potentiel, un seuil.
# - Son gradient exact est nul. On garde les impulsions à l'aller, on emprunte une
#   pente lisse au retour, et le reste est la règle de la chaîne, du dernier pas
#   au premier.
# - Le code, la lecture et l'échelle des poids décident autant que le substitut.
#   Un réseau à impulsions se juge aussi à ses impulsions : combien, quand, et
#   qui se tait.
#
# **La figure à savoir dessiner de mémoire :** l'escalier de la section 2, et la
# pente de substitution posée sur une de ses marches.

# %% [markdown] id="musee-binaire-situation"
# ## Musée des erreurs
#
# **Pièce n° 1. Des impulsions qui n'en sont pas.** « Je n'ai pas eu besoin de
# substitut : ma sigmoïde est assez raide, PyTorch la dérive tout seul, et mon
# réseau à impulsions apprend parfaitement. »

# %% id="musee-binaire-piece"
def piece(courant, beta, theta, k):
    """La pièce : ce que sa couche émet, (temps, neurone)."""
    v = s = np.zeros(courant.shape[1])
    emises = []
    for i in courant:
        v = beta * v - theta * s + i
        s = 1 / (1 + np.exp(-k * (v - theta)))
        emises.append(s)
    return np.array(emises)


courant = hasard.normal(0.15, 0.3, (80, 50))
emises = piece(courant, BETA, THETA, 10.0)
print("valeurs différentes émises :", len(np.unique(emises)))
print("neurones silencieux à un pas :", int((emises == 0).sum()))

# %% [markdown] id="musee-binaire-trouver"
# Quatre mille valeurs différentes, et pas un seul silence. **Trouver :** qu'est-ce
# qui passe d'un neurone à l'autre ? **Expliquer :** combien d'additions coûte
# alors un pas ? **Réparer :** rendez les impulsions, binaires à l'aller et dans
# la remise, et à côté la dérivée que le retour empruntera :
# $k\,\sigma(1-\sigma)$, où σ est ici la sigmoïde, prise en $k\,(v - \theta)$.

# %% id="musee-binaire-fonction" exercise="10.8" points=2
def couche_binaire(courant, beta, theta, k):
    """(impulsions, dérivées), chacune (temps, neurone)."""
    ### BEGIN SOLUTION
    v = s = np.zeros(courant.shape[1])
    impulsions, derivees = [], []
    for i in courant:
        v = beta * v + i - theta * s
        s = np.where(v > theta, 1.0, 0.0)
        sigma = 1 / (1 + np.exp(-k * (v - theta)))
        impulsions.append(s)
        derivees.append(k * sigma * (1 - sigma))
    return np.array(impulsions), np.array(derivees)
    ### END SOLUTION

# %% id="musee-binaire-verifier"
couche_binaire = exercise("10.8").check(couche_binaire)

# %% id="musee-binaire-prouver"
justes = couche_binaire(courant, BETA, THETA, 10.0)[0]
fins = np.linspace(0, 1, 41)
histogrammes = [np.histogram(z, fins)[0] / z.size for z in (emises, justes)]
montrer(cadre("emis", ("valeur émise", "", (-0.05, 1.05)), (
    "part des pas", "", (0, 1)), [
        Points((fins[1:] + fins[:-1]) / 2, h, nom, c, forme, size=6)
        for h, nom, c, forme in zip(
            histogrammes, ("la pièce", "réparée"), ("vermillion", "blue"),
            ("square", "circle"), strict=True)]))

# %% [markdown] id="musee-binaire-commentaire"
# *Figure :* la part des pas selon la valeur émise. Réparée, en disques bleus : 0
# ou 1, rien entre. La pièce, en carrés orange, émet de tout, et surtout de
# petites valeurs qui ne sont jamais nulles. C'est un réseau récurrent ordinaire :
# il apprend en effet, mais ni la sobriété, ni la puce, ni la biologie ne le
# concernent. Un test d'une ligne le démasque : combien de valeurs différentes ?

# %% [markdown] id="musee-remise-situation"
# **Pièce n° 2. Une remise à l'envers.** « Quand un neurone décharge, je retire au
# potentiel ce qui dépasse du seuil : `v = beta * v + i - (s - theta)`. »

# %% id="musee-remise-piece"
def regle_du_musee(v, i, s, beta, theta):
    """La pièce : le nouveau potentiel."""
    return beta * v + i - (s - theta)


v, s, fois = 0.0, 0.0, 0
for _ in range(100):
    v = regle_du_musee(v, 0.0, s, BETA, THETA)
    s = float(v > THETA)
    fois += int(s)
print("sans aucune entrée, en 100 ms :", fois, "décharges")

# %% [markdown] id="musee-remise-trouver"
# Un neurone qui ne reçoit **rien** décharge. **Trouver :** que vaut la
# parenthèse quand s = 0 ? **Prouver :** écrivez un test qui n'accepte que la
# remise douce, $v' = \beta v + i - \theta s$. On lui présentera aussi des règles
# sans remise, trop fortes, ou qui oublient θ ou la fuite. `regle(v, i, s, beta, theta)` rend
# un potentiel.

# %% id="musee-remise-fonction" exercise="10.9" points=2
def remise_juste(regle):
    """True si la règle est la remise douce, et elle seule."""
    ### BEGIN SOLUTION
    silence = regle(1.5, 0.25, 0, 0.5, 0.8)
    impulsion = regle(1.5, 0.25, 1, 0.5, 0.8)
    return bool(np.isclose(silence, 1.0) and np.isclose(impulsion, 0.2))
    ### END SOLUTION

# %% id="musee-remise-verifier"
remise_juste = exercise("10.9").check(remise_juste)
print("la pièce est-elle juste ?", "oui" if remise_juste(regle_du_musee)
      else "non")

# %% [markdown] id="musee-remise-commentaire"
# Deux appels suffisent : un silence, une impulsion, avec des nombres que l'on
# calcule de tête. Prenez θ différent de 1 : avec θ = 1, « retirer s » et
# « retirer θ s » ne se distinguent pas, et l'erreur passerait.

# %% [markdown] id="musee-compteur-situation"
# **Pièce n° 3. Un compteur qui n'oublie rien.** L'exactitude d'une époque est le
# nombre d'images justes sur le nombre d'images vues. La pièce met ses compteurs à
# zéro une fois pour toutes, avant la première époque.

# %% id="musee-compteur-piece"
def exactitude_du_musee(justes, tailles):
    """La pièce ; justes (époque, lot), tailles (lot,)."""
    bonnes = vues = 0
    courbe = []
    for epoque in justes:
        for n, taille in zip(epoque, tailles, strict=True):
            bonnes, vues = bonnes + n, vues + taille
        courbe.append(bonnes / vues)
    return np.array(courbe)

# %% id="musee-compteur-apprendre"
eleve = Trainer(SpikingNetwork([784, 50, 10], seed=0), (x[:3000], y[:3000]))
lots = [eleve.order(e) for e in range(5)]
tailles = np.array([len(rows) for rows in lots[0]])
justes = np.array([[eleve.step(rows).right for rows in epoque]
                   for epoque in lots])
annonce = exactitude_du_musee(justes, tailles)
print("annoncé :", " ; ".join(decimal(100 * a) for a in annonce), "%")

# %% [markdown] id="musee-compteur-trouver"
# La courbe monte, sans un à-coup, comme on les aime. **Trouver :** que vaut, à la
# cinquième époque, le poids des quatre premières ? **Expliquer :** un réseau qui
# se met soudain à désapprendre, le verrait-on ? **Réparer.**

# %% id="musee-compteur-fonction" exercise="10.10" points=1
def exactitude(justes, tailles):
    """La part d'images justes de chaque époque ; le dernier lot est petit."""
    ### BEGIN SOLUTION
    return justes.sum(axis=1) / tailles.sum()
    ### END SOLUTION

# %% id="musee-compteur-verifier"
exactitude = exercise("10.10").check(exactitude)
print("vraie :", " ; ".join(decimal(100 * a)
                            for a in exactitude(justes, tailles)), "%")

# %% [markdown] id="musee-compteur-commentaire"
# La pièce retarde : elle annonce une moyenne depuis le début de
# l'apprentissage. Ici, elle se trompe vers le bas, et l'auteur croit que son
# réseau apprend lentement. Un réseau qui se dégrade serait, lui, flatté.

# %% [markdown] id="musee-echelle-situation"
# **Pièce n° 4. Une échelle sans effet.** « J'ai essayé δ = 0,25, 1 et 4 pour le
# substitut triangulaire : l'exactitude ne change pas d'un chiffre. Conclusion,
# l'échelle n'a aucune importance. »

# %% id="musee-echelle-piece"
def triangle_du_musee(x, delta):
    """La pièce : la pente de substitution, d'échelle delta."""
    return np.maximum(0, 1 - np.abs(x))


grille_x = np.linspace(-5, 5, 1001)
for delta in (0.25, 1, 4):
    aire = triangle_du_musee(grille_x, delta).sum() * 0.01
    print(f"δ = {short(delta)} : aire {decimal(aire, 2)}, sommet",
          decimal(triangle_du_musee(0.0, delta), 2))

# %% [markdown] id="musee-echelle-trouver"
# Un résultat **identique** n'est pas un résultat stable : c'est un paramètre qui
# ne sert pas. **Trouver** où δ se perd, puis **réparer** : la pente est celle
# d'un triangle de demi-largeur δ et d'aire 1.

# %% id="musee-echelle-fonction" exercise="10.11" points=1
def derivee_echelle(x, delta):
    """La pente de substitution triangulaire, de demi-largeur delta."""
    ### BEGIN SOLUTION
    return np.maximum(0, 1 - np.abs(x) / delta) / delta
    ### END SOLUTION

# %% id="musee-echelle-verifier"
derivee_echelle = exercise("10.11").check(derivee_echelle)

# %% id="musee-echelle-prouver"
montrer(*(cadre(nom, ("x", "", (-4, 4)), ("pente", "", (0, 4.2)), [
    Line(grille_x, f(grille_x, delta), f"δ = {short(delta)}", *c)
    for delta, c in zip((0.25, 1, 4), COULEURS, strict=False)], titre)
    for nom, f, titre in (("piece", triangle_du_musee, "La pièce"),
                          ("juste", derivee_echelle, "Réparée"))))

# %% [markdown] id="musee-echelle-commentaire"
# *Figure :* à gauche, trois courbes l'une sur l'autre ; à droite, trois triangles
# d'aire 1, étroit et haut, moyen, large et bas. La section 10 montre que
# l'échelle compte, sans excès. La pièce ne pouvait pas le savoir : elle n'avait
# rien essayé.

# %% [markdown] id="musee-expliquer" exercise="10.11x" manual=true points=1
# **Expliquer.** Les quatre pièces tournaient sans erreur. Pour chacune, quel
# essai de deux lignes l'aurait démasquée ?
#
# ### BEGIN SOLUTION
# Les impulsions : compter les valeurs différentes, il en faut deux. La remise :
# un pas sans entrée ni impulsion ne doit que fuir. Le compteur : une époque toute
# fausse après une époque toute juste doit donner 0 %, et non 50 %. L'échelle :
# deux valeurs de δ doivent donner deux pentes différentes.
# ### END SOLUTION

# %% [markdown] id="loin"
# ## Pour aller plus loin
#
# - **Des règles sans retour dans le temps.** Peut-on apprendre en avançant
#   seulement, avec une trace par synapse et un message par neurone ? C'est
#   l'idée d'*e-prop* [5], parente des règles à trois facteurs du TD06.
# - **D'autres machines.** `to_nir(net, "reseau.nir")` écrit votre réseau dans un
#   format que lisent snnTorch, Norse et des puces neuromorphiques ;
#   `torchrun -m course.spiking.train` l'entraîne sur plusieurs machines.
# - **De vrais instants.** MNIST n'a pas de temps : on lui en invente un. Que
#   gagneraient les impulsions sur un son, ou sur les images d'une caméra à
#   événements ? Les constantes de temps peuvent aussi s'apprendre
#   (`learn_tau=True`) : essayez.

# %% [markdown] id="references"
# ## Références
#
# 1. E. O. Neftci, H. Mostafa et F. Zenke, « Surrogate gradient learning in
#    spiking neural networks », *IEEE Signal Process. Mag.* 36 (2019) 51-63.
# 2. F. Zenke et S. Ganguli, « SuperSpike : supervised learning in multilayer
#    spiking neural networks », *Neural Comput.* 30 (2018) 1514-1541.
# 3. F. Zenke et T. P. Vogels, « The remarkable robustness of surrogate gradient
#    learning for instilling complex function in spiking neural networks »,
#    *Neural Comput.* 33 (2021) 899-925.
# 4. J. K. Eshraghian et al., « Training spiking neural networks using lessons
#    from deep learning », *Proc. IEEE* 111 (2023) 1016-1054.
# 5. G. Bellec et al., « A solution to the learning dilemma for recurrent networks
#    of spiking neurons », *Nature Commun.* 11 (2020) 3625.
