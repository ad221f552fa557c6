# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] id="titre"
# # TD08 — Réseaux de neurones maison
#
# Un réseau de neurones tient en quelques lignes de numpy. Dans deux heures,
# vous aurez écrit les vôtres, vérifié chacune de leurs dérivées, et lu des
# images avec.
#
# > **Objectifs.** À la fin, vous saurez :
# > - descendre une pente, et dire quel pas est trop grand ;
# > - écrire le retour d'une couche, d'une activation et d'une perte, sur le
# >   papier puis en Python ;
# > - vérifier un gradient sans le croire ;
# > - assembler ces pièces, et voir ce que chaque unité cachée apporte ;
# > - mesurer un réseau honnêtement, et lire une matrice de confusion ;
# > - reconnaître trois programmes qui tournent, et qui sont faux.
# >
# > **Prérequis.** Le TD00 (tableaux numpy). Dériver une fonction composée ;
# > multiplier deux matrices.
# >
# > **Durée.** Deux heures. Si le temps presse, gardez la section 9 pour chez
# > vous.
# >
# > **Matériel repris.** Aucun : tout ce qui sert ici, vous l'écrivez ici.

# %% [markdown] id="simplifications"
# > **Ce que ces réseaux simplifient.**
# > - *Un neurone y est un nombre.* Une somme pondérée, une courbe, et plus
# >   rien dans le temps.
# > - *L'erreur revient en arrière.* Aucune synapse connue ne transporte un
# >   gradient : ce TD parle d'apprentissage automatique, pas de cerveau.
# > - *Tout est étiqueté.* Chaque image arrive avec sa réponse.

# %% [markdown] id="preparation-texte"
# Exécutez d'abord les quatre cellules suivantes. Les sections 3 à 7 se suivent :
# elles construisent un réseau pièce par pièce. Les autres se font dans l'ordre
# que l'on veut.

# %% id="preparation"
# %matplotlib inline
import numpy as np

from course import nn
from course.data import load
from course.exercises import comparer, exercise, pronostic
from course.plot.french import decimal, quantity, short
from course.plot.mpl import draw
from course.plot.scene import Axis, Image, Line, Mark, Panel, Points, Scene
from course.profile import budget, profile
from course.weights import pretrained
from course.widgets import explore_decision_boundary

# %% id="dessin"
COULEURS = (("blue", "solid"), ("vermillion", "dash"), ("green", "dashdot"),
            ("purple", "dot"))


def cadre(nom, x, y, choses, titre=""):
    """Un panneau ; x et y sont (mot, unité, (bas, haut))."""
    return Panel(nom, Axis(*x), Axis(*y), tuple(choses), title=titre)


def montrer(*panneaux, hauteur=320):
    """Les panneaux côte à côte."""
    largeur = 7 if len(panneaux) == 1 else 9.5
    return draw(Scene(tuple((p,) for p in panneaux),
                      widths=(1,) * len(panneaux), height=hauteur), largeur)

# %% id="dessin-images"
def mosaique(nom, images, par_ligne=10, titre=""):
    """Des images carrées, rangées de gauche à droite et de haut en bas."""
    cote = images.shape[1]
    lignes = -(-len(images) // par_ligne)
    page = np.zeros((lignes * cote, par_ligne * cote), np.float32)
    for k, image in enumerate(images):
        i, j = divmod(k, par_ligne)
        page[i * cote:(i + 1) * cote, j * cote:(j + 1) * cote] = image
    bords = (0.0, float(par_ligne)), (0.0, float(lignes))
    cadre_vide = [Axis("", "", bord, ()) for bord in bords]
    return Panel(nom, *cadre_vide, (Image(page[::-1], *bords, (0, 1)),),
                 title=titre)

# %% id="preparation-duree"
attente = budget(flash="10 s", td="1 min", complet="10 min")
print(f"Profil « {profile()} » : aucun calcul ne dépasse {attente}.")
if profile() == "flash":
    print("Profil flash : les jeux d'images sont réduits à quelques"
          " centaines d'exemples, les précisions sont basses.")

# %% [markdown] id="droite-situation"
# ## 1. Descendre une pente
#
# ### Situation
#
# Trente points, à peu près alignés. On cherche la droite $y = w\,x + b$ qui
# passe au plus près. Une formule la donne. Faisons comme si nous ne la
# connaissions pas : bientôt, il n'y en aura plus.
#
# ### Formaliser
#
# On mesure l'erreur par une **perte**, la moyenne des carrés des écarts :
#
# $$L(w, b) = \frac1N\sum_{n=1}^N (w\,x_n + b - t_n)^2$$
#
# puis on fait un petit pas dans la direction où L baisse le plus vite :
#
# $$w \leftarrow w - \eta\,\frac{\partial L}{\partial w}, \qquad
# b \leftarrow b - \eta\,\frac{\partial L}{\partial b}$$
#
# - $x_n$ est donné, $t_n$ est la **cible** ;
# - $\eta$ est le **pas d'apprentissage** ; dans le code, `lr`, de l'anglais
#   *learning rate*.
#
# ### Coder
#
# Rendez les deux dérivées. x et t sont des tableaux.

# %% id="droite-fonction" exercise="08.1" points=1
def gradient_droite(w, b, x, t):
    """(∂L/∂w, ∂L/∂b), L étant la moyenne de (w x + b − t)²."""
    ### BEGIN SOLUTION
    ecart = w * x + b - t
    return 2 * np.mean(ecart * x), 2 * np.mean(ecart)
    ### END SOLUTION

# %% id="droite-verifier"
gradient_droite = exercise("08.1").check(gradient_droite)

# %% [markdown] id="droite-predire"
# ### Prédire
#
# On part de w = b = 0, et l'on fait 40 pas. Avec lr = 0,02, 0,2 puis 0,7,
# l'erreur `"baisse"` ou `"explose"` ?

# %% id="droite-pronostic"
pronostic("08.a", petit=None, moyen=None, grand=None)

# %% id="droite-descente"
hasard = np.random.default_rng(1)
x = hasard.normal(0, 1.6, 30)
t = 1.5 * x - 1 + hasard.normal(0, 0.6, 30)


def descendre(lr, pas=40):
    """(w, b, L) à chaque pas, depuis w = b = 0."""
    w, b, suite = 0.0, 0.0, []
    for _ in range(pas + 1):
        suite.append((w, b, np.mean((w * x + b - t) ** 2)))
        dw, db = gradient_droite(w, b, x, t)
        w, b = w - lr * dw, b - lr * db
    return np.array(suite)

# %% id="droite-figure"
essais = {lr: descendre(lr) for lr in (0.02, 0.2, 0.7)}
sens = {lr: "baisse" if s[-1, 2] < s[0, 2] else "explose"
        for lr, s in essais.items()}
comparer("08.a", petit=sens[0.02], moyen=sens[0.2], grand=sens[0.7])
X = np.array([-4.0, 4.0])
droites = [Line(X, essais[0.02][k, 0] * X + essais[0.02][k, 1], f"pas {k}",
                *c) for k, c in zip((0, 5, 40), COULEURS, strict=False)]
pertes = [Line(np.arange(41), np.log10(s[:, 2]), f"lr = {short(lr)}", *c)
          for (lr, s), c in zip(essais.items(), COULEURS, strict=False)]
montrer(cadre("droite", ("x", "", (-4, 4)), ("y", "", (-7, 6)),
              [Points(x, t, "", "ink", size=5), *droites], "lr = 0,02"),
        cadre("perte", ("pas", "", (0, 40)), ("log₁₀ L", "", (-1, 6)),
              pertes, "La perte"))

# %% [markdown] id="droite-commentaire"
# *Figure :* à gauche, les points et la droite aux pas 0, 5 et 40, avec
# lr = 0,02 : elle se redresse peu à peu. À droite, le logarithme de la perte :
# à 0,02 elle baisse lentement, à 0,2 elle est au plus bas en quelques pas, à
# 0,7 elle monte en ligne droite.
#
# ### Vérifier, sur le papier
#
# Le long d'une direction, L est une parabole de courbure c. Un pas multiplie
# l'écart au minimum par $1 - \eta\,c$. À partir de quel η l'écart
# grandit-il ?
#
# <details><summary>Ouvrir la correction, après avoir essayé</summary>
#
# Quand $|1 - \eta\,c| > 1$, donc $\eta > 2/c$. La plus grande courbure est la
# plus grande valeur propre de la matrice $2\,X^\top X/N$, où les colonnes de X
# sont x et 1.
#
# </details>

# %% id="droite-limite"
X = np.stack([x, np.ones(30)], axis=1)
limite = 2 / np.linalg.eigvalsh(2 * X.T @ X / 30).max()
print("pas limite calculé :", decimal(limite, 3))
for fois in (0.98, 1.02):
    s = descendre(fois * limite, 400)
    print(f"à {short(fois)} × la limite, après 400 pas : L passe de",
          f"{decimal(s[0, 2], 2)} à {decimal(s[-1, 2], 2)}")
w, b, _ = descendre(0.2, 400)[-1]
print("écart avec la formule :",
      f"{np.abs(np.polyfit(x, t, 1) - [w, b]).max():.0e}")

# %% [markdown] id="droite-fin"
# Un pas 2 % plus petit que la limite converge, un pas 2 % plus grand explose.
# Retenez la règle : c'est la direction la plus **courbe** qui fixe le pas, et
# la plus plate qui fixe la durée.

# %% [markdown] id="perceptron-situation"
# ## 2. Un neurone qui tranche
#
# ### Situation
#
# En 1958, Frank Rosenblatt propose une machine qui apprend à trancher [1]. Un
# neurone répond +1 si $w \cdot x > 0$, −1 sinon. Pour chaque erreur, il
# corrige ses poids, et seulement alors :
#
# $$w \leftarrow w + t\,x \qquad \text{si } t\,(w \cdot x) \leq 0$$
#
# où $t = \pm 1$. Une colonne de 1 dans x remplace le biais.
#
# ### Coder
#
# Faites une passe : les exemples dans l'ordre, une ligne de X chacun. Un
# exemple posé sur la frontière compte pour une erreur. Rendez w.

# %% id="perceptron-fonction" exercise="08.2" points=2
def passe(w, X, t):
    """Les poids après une passe ; X a une ligne par exemple, t vaut ±1."""
    ### BEGIN SOLUTION
    for x, cible in zip(X, t, strict=True):
        if cible * (w @ x) <= 0:
            w = w + cible * x
    return w
    ### END SOLUTION

# %% id="perceptron-verifier"
passe = exercise("08.2").check(passe)

# %% [markdown] id="perceptron-predire"
# ### Prédire
#
# Quatre fonctions logiques de deux bits : et, ou, non-et, ou exclusif (« l'un
# ou l'autre, pas les deux »). **Combien** le perceptron en apprend-il sans
# faute ?

# %% id="perceptron-pronostic"
pronostic("08.b", fonctions_apprises=None)

# %% id="perceptron-figure"
bits = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], float)
tables = {"et": [-1, -1, -1, 1], "ou": [-1, 1, 1, 1],
          "non-et": [1, 1, 1, -1], "ou exclusif": [-1, 1, 1, -1]}
apprises = 0
for mot, cibles in tables.items():
    w, cibles = np.zeros(3), np.array(cibles, float)
    for _ in range(50):
        w = np.asarray(passe(w, bits, cibles), float)
    fautes = int((cibles * (bits @ w) <= 0).sum())
    apprises += fautes == 0
    print(f"{mot} : w = {[short(v) for v in w]}, fautes : {fautes}")
comparer("08.b", fonctions_apprises=apprises)

# %% [markdown] id="perceptron-commentaire"
# Trois sur quatre. La frontière $w \cdot x = 0$ est une **droite**, et aucune
# droite ne sépare les coins opposés d'un carré. Mille passes n'y changeraient
# rien. Minsky et Papert en firent un livre en 1969 [2].
#
# Il faut plusieurs droites, puis quelqu'un pour les combiner : deux couches.
# Mais comment corriger un neurone dont personne ne connaît la cible ? En
# faisant revenir l'erreur jusqu'à lui.

# %% [markdown] id="couche-situation"
# ## 3. Une couche, et son retour
#
# ### Formaliser
#
# Une couche de k neurones qui reçoit d nombres calcule, pour N exemples à la
# fois,
#
# $$y_{nj} = \sum_i x_{ni}\,W_{ij} + b_j \qquad\text{soit}\qquad
# y = x\,W + b$$
#
# - x est de forme (N, d), une ligne par exemple ;
# - W est de forme (d, k), une colonne par neurone ; b, de forme (k,) ;
# - y est de forme (N, k).
#
# Quelque part, plus loin, une perte L dépend de y. Supposons connu
# $g_{nj} = \partial L/\partial y_{nj}$, de la forme de y.
#
# ### Sur le papier
#
# Quels $y_{nj}$ dépendent de $W_{ij}$ ? Écrivez $\partial L/\partial W_{ij}$,
# $\partial L/\partial b_j$ et $\partial L/\partial x_{ni}$ par des sommes,
# puis par des produits de matrices.
#
# ### Coder
#
# Rendez les trois, dans l'ordre W, b, x.

# %% id="couche-fonction" exercise="08.3" points=3
def gradients_lineaire(x, W, g):
    """(∂L/∂W, ∂L/∂b, ∂L/∂x) pour y = x W + b et g = ∂L/∂y."""
    ### BEGIN SOLUTION
    return x.T @ g, g.sum(axis=0), g @ W.T
    ### END SOLUTION

# %% id="couche-verifier"
gradients_lineaire = exercise("08.3").check(gradients_lineaire)

# %% [markdown] id="couche-module"
# ### Vérifier
#
# Un **module** a deux gestes. À l'aller, `forward` calcule y et garde ce qui
# servira. Au retour, `backward` reçoit $\partial L/\partial y$, range les
# gradients de ses paramètres, et rend $\partial L/\partial x$. Voici le vôtre.

# %% id="couche-classe"
class Lineaire(nn.Module):
    """Une couche, avec votre retour."""
    def __init__(self, d, k, rng):
        W = rng.normal(0, np.sqrt(2 / d), (d, k))
        self.W = nn.Parameter(W, "W")
        self.b = nn.Parameter(rng.uniform(-0.5, 0.5, k), "b")
    def forward(self, x):
        self.x = x
        return x @ self.W.value + self.b.value
    def parameters(self):
        return [self.W, self.b]

# %% id="couche-retour"
def recul(self, g):
    """Le retour d'une couche, par votre fonction."""
    dW, db, dx = gradients_lineaire(self.x, self.W.value, g)
    self.W.add(np.asarray(dW))
    self.b.add(np.asarray(db))
    return np.asarray(dx)


Lineaire.backward = recul

# %% [markdown] id="couche-croire-texte"
# Ne croyez pas un gradient : mesurez-le. Déplacez un poids de ±h, regardez de
# combien L bouge. `nn.gradient_check` le fait pour chaque nombre, et rend le
# plus grand écart relatif.

# %% id="couche-croire"
hasard = np.random.default_rng(0)
couche, x = Lineaire(3, 2, hasard), hasard.normal(size=(5, 3))
r = hasard.normal(size=(5, 2))  # L = somme de r y
couche(x)
couche.backward(r)
for h in (1e-1, 1e-3, 1e-5):
    W = couche.W.value.copy()
    W[0, 0] += h
    bouge = ((x @ W + couche.b.value - couche(x)) * r).sum() / h
    print(f"h = {h:.0e} : mesuré {decimal(bouge, 6)},",
          f"calculé {decimal(couche.W.grad[0, 0], 6)}")
print(f"plus grand écart : {nn.gradient_check(couche, x):.0e}")

# %% [markdown] id="relu-situation"
# ## 4. Plier
#
# ### Situation
#
# Deux couches l'une après l'autre calculent $(x\,W_1 + b_1)\,W_2 + b_2$ :
# développez, c'est encore **une** couche. Il faut plier quelque chose entre
# les deux. La plus simple des pliures s'appelle ReLU :
# $y = \max(0, x)$, nombre par nombre.
#
# ### Coder
#
# Rendez $\partial L/\partial x$, à partir de x et de g = $\partial L/\partial
# y$.

# %% id="relu-fonction" exercise="08.4" points=1
def relu_arriere(x, g):
    """∂L/∂x pour y = max(0, x), nombre par nombre."""
    ### BEGIN SOLUTION
    return g * (x > 0)
    ### END SOLUTION

# %% id="relu-verifier"
relu_arriere = exercise("08.4").check(relu_arriere)

# %% id="relu-classe"
class Relu(nn.Module):
    """max(0, x), avec votre retour."""
    def forward(self, x):
        self.x = x
        return np.maximum(x, 0)
    def backward(self, g):
        return np.asarray(relu_arriere(self.x, g))

# %% id="relu-croire"
hasard = np.random.default_rng(0)
x = hasard.normal(size=(5, 3))
print(f"au hasard : écart de {nn.gradient_check(Relu(), x):.0e}")
x[0, 0] = 0
print("avec un x exactement nul :",
      f"écart de {nn.gradient_check(Relu(), x):.0e}")

# %% [markdown] id="relu-commentaire"
# Avec un x exactement nul, la mesure et le calcul ne sont plus d'accord : à
# gauche la pente est 0, à droite 1, et la mesure trouve ½. Ni l'un ni l'autre
# n'a tort. Il n'y a pas de dérivée au pli, et l'on y convient de 0.

# %% [markdown] id="perte-situation"
# ## 5. Le prix d'une réponse
#
# ### Formaliser
#
# Pour k classes, le réseau rend k nombres z, les **logits**. On en fait des
# probabilités, puis on fait payer ce qu'il a donné à la bonne classe y :
#
# $$p_j = \frac{e^{z_j}}{\sum_i e^{z_i}} \qquad
# L = \frac1N\sum_n -\log p_{n\,y_n}$$
#
# C'est le **softmax**, puis l'**entropie croisée**.
#
# ### Prédire
#
# Un réseau qui ne sait rien donne 1/10 à chacune des dix classes. Combien
# paie-t-il ? Et s'il donne 0,001 à la bonne classe ?

# %% id="perte-pronostic"
pronostic("08.c", ignorant=None, sûr_et_faux=None)

# %% id="perte-prix"
comparer("08.c", ignorant=-np.log(0.1), sûr_et_faux=-np.log(0.001))
p = np.linspace(0.001, 1, 500)
montrer(cadre("prix", ("probabilité donnée à la bonne classe", "", (0, 1)),
              ("prix −log p", "", (0, 7)), [Line(p, -np.log(p))]))

# %% [markdown] id="perte-commentaire"
# *Figure :* −log p, de presque 7 près de 0 jusqu'à 0 en p = 1. La courbe plonge
# puis s'aplatit : se tromper avec assurance coûte très cher.
#
# ### Sur le papier
#
# Écrivez L pour un seul exemple, $L = -z_y + \log\sum_i e^{z_i}$. Dérivez par
# rapport à $z_j$. Le résultat tient en trois symboles.
#
# ### Coder
#
# Rendez $\partial L/\partial z$, de la forme de z. y contient des entiers.

# %% id="perte-fonction" exercise="08.5" points=2
def gradient_entropie(z, y):
    """∂L/∂z pour N lignes de logits z et N étiquettes y."""
    ### BEGIN SOLUTION
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)
    ### END SOLUTION

# %% id="perte-verifier"
gradient_entropie = exercise("08.5").check(gradient_entropie)

# %% id="perte-classe"
class EntropieCroisee:
    """La perte du cours à l'aller, votre gradient au retour."""
    def __call__(self, z, y):
        self.z, self.y = z, y
        return nn.CrossEntropyLoss()(z, y)
    def backward(self):
        return np.asarray(gradient_entropie(self.z, self.y))


hasard = np.random.default_rng(0)
z, y = hasard.normal(size=(6, 4)), hasard.integers(0, 4, 6)
print(f"écart : {nn.gradient_check(EntropieCroisee(), z, y):.0e}")

# %% [markdown] id="perte-fin"
# $(p - \text{cible})/N$ : la réponse, moins ce qu'il fallait répondre.
# L'exponentielle et le logarithme se sont défaits l'un l'autre. Gardez cette
# simplification en tête ; le musée en montrera une contrefaçon.

# %% [markdown] id="chaine-situation"
# ## 6. La chaîne
#
# ### Formaliser
#
# Un réseau est une suite de modules : $y = f_3(f_2(f_1(x)))$. Chacun sait
# rendre $\partial L/\partial x$ quand on lui donne $\partial L/\partial y$. La
# dérivation en chaîne dit dans quel ordre les interroger.
#
# ### Coder
#
# `reculs` est la liste des fonctions `backward`, du premier module au dernier.
# Rendez le gradient qui arrive à l'entrée.

# %% id="chaine-fonction" exercise="08.6" points=2
def retropropager(reculs, g):
    """∂L/∂x de tout le réseau, g étant le gradient de sa sortie."""
    ### BEGIN SOLUTION
    for recul in reversed(reculs):
        g = recul(g)
    return g
    ### END SOLUTION

# %% id="chaine-verifier"
retropropager = exercise("08.6").check(retropropager)

# %% id="chaine-classe"
class Suite(nn.Sequential):
    """Des modules l'un après l'autre, avec votre retour."""
    def backward(self, g):
        return retropropager([m.backward for m in self.modules], g)


def mon_reseau(caches, rng):
    """2 entrées, des unités cachées, 2 sorties : vos modules."""
    return Suite(Lineaire(2, caches, rng), Relu(), Lineaire(caches, 2, rng))


reseau = mon_reseau(5, np.random.default_rng(0))
x = np.random.default_rng(1).normal(size=(7, 2))
print(f"écart sur tout le réseau : {nn.gradient_check(reseau, x):.0e}")

# %% [markdown] id="elan-texte"
# Reste à se servir des gradients. Le pas simple oublie tout d'un tour à
# l'autre. Avec de l'**élan**, une bille garde une part μ de sa vitesse :
#
# $$v \leftarrow \mu\,v + g \qquad \theta \leftarrow \theta - \eta\,v$$
#
# ### Coder
#
# Rendez les nouveaux θ et v.

# %% id="elan-fonction" exercise="08.7" points=1
def pas_avec_elan(theta, v, g, lr, mu):
    """(θ, v) après un pas ; g est le gradient en θ."""
    ### BEGIN SOLUTION
    v = mu * v + g
    return theta - lr * v, v
    ### END SOLUTION

# %% id="elan-verifier"
pas_avec_elan = exercise("08.7").check(pas_avec_elan)

# %% [markdown] id="elan-predire"
# ### Prédire
#
# Une vallée vingt fois plus courbe dans un sens que dans l'autre, et le pas
# le plus grand qu'elle supporte, ou presque. En 60 pas, l'élan (μ = 0,8)
# arrive-t-il `"plus près"` ou `"plus loin"` du fond que la descente simple ?

# %% id="elan-pronostic"
pronostic("08.d", avec_élan=None)

# %% id="elan-figure"
def chemin(mu, pas=60):
    """Les positions successives dans la vallée."""
    theta, v, suite = np.array([-4.0, 1.0]), np.zeros(2), []
    for _ in range(pas + 1):
        suite.append(theta)
        g = np.array([1.0, 20.0]) * theta  # les deux courbures
        theta, v = pas_avec_elan(theta, v, g, 0.095 * (1 - mu), mu)
    return np.array(suite)

# %% id="elan-comparer"
ecarts, traits = {}, []
for mu, mot, c in ((0, "simple", COULEURS[0]),
                   (0.8, "avec élan", COULEURS[1])):
    suite = chemin(mu)
    traits.append(Line(*suite.T, mot, *c))
    ecarts[mu] = np.hypot(*suite[-1])
    print(f"{mot} : à {ecarts[mu]:.0e} du fond après 60 pas")
comparer("08.d", avec_élan="plus près" if ecarts[0.8] < ecarts[0]
         else "plus loin")
montrer(cadre("vallée", ("direction plate", "", (-4.2, 1.5)), (
    "direction courbe", "", (-1.2, 1.2)), [*traits, Points(
        0, 0, "fond", "ink", "plus", 12)]))

# %% [markdown] id="elan-commentaire"
# *Figure :* deux chemins vers le fond, marqué d'une croix. La descente simple,
# en bleu, rebondit d'un flanc à l'autre ; l'élan, en orange tireté, dépasse
# d'abord le fond, puis revient.
#
# Avec un pas cinq fois plus petit, l'élan va plus loin : d'un pas à l'autre,
# les rebonds se compensent, et la marche le long de la vallée s'accumule.

# %% [markdown] id="lunes-situation"
# ## 7. Deux lunes
#
# ### Situation
#
# Deux croissants emboîtés. Aucune droite ne les sépare. Votre réseau, lui, a
# des unités cachées.
#
# ### Prédire
#
# Au moins combien d'unités cachées faut-il pour séparer les deux lunes sans
# une faute ? Et sans ReLU, l'activation ôtée, quel pourcentage de points bien
# classés, au mieux ?

# %% id="lunes-pronostic"
pronostic("08.e", unités=None, sans_relu=None)

# %% id="lunes-donnees"
def lunes(n, rng):
    """(x, y) : n points de deux lunes."""
    y = rng.integers(0, 2, n)
    a = np.pi * rng.random(n)
    x = np.stack([np.cos(a) * (1 - 2 * y) + y - 0.5,
                  np.sin(a) * (1 - 2 * y) + 0.5 * y - 0.25], axis=1)
    return 1.4 * x + rng.normal(0, 0.12, x.shape), y

# %% [markdown] id="lunes-entrainer-texte"
# `nn.fit` tire les exemples par petits paquets, des **lots**. Pour chaque lot,
# cinq gestes : l'aller, la perte, remettre les gradients à zéro, le retour, un
# pas. Quand tous les exemples ont servi une fois, une **époque** est passée.

# %% id="lunes-entrainer"
def apprendre(reseau, donnees, lr=0.3, epoques=100, graine=0, lot=20):
    """L'histoire de l'apprentissage, avec votre perte."""
    descente = nn.SGD(reseau.parameters(), lr=lr, momentum=0.8)
    return nn.fit(reseau, donnees, loss=EntropieCroisee(),
                  optimizer=descente, epochs=epoques, batch_size=lot,
                  rng=np.random.default_rng(graine), progress=False)

# %% id="lunes-mesurer"
donnees = lunes(200, np.random.default_rng(2))
ailleurs = lunes(2000, np.random.default_rng(3))
justesse = {}
for caches in (1, 2, 3, 5, 10):
    reseaux = [mon_reseau(caches, np.random.default_rng(k))
               for k in range(budget(flash=2, td=5, complet=20))]
    for k, reseau in enumerate(reseaux):
        apprendre(reseau, donnees, 0.05, graine=k)
    justesse[caches] = [nn.accuracy(r, *ailleurs) for r in reseaux]

# %% id="lunes-table"
rng = np.random.default_rng(0)
plat = Suite(Lineaire(2, 10, rng), Lineaire(10, 2, rng))
apprendre(plat, donnees, 0.05)
sans = 100 * nn.accuracy(plat, *ailleurs)
print("sans ReLU, dix unités :", quantity(sans, "%"))
for caches, j in justesse.items():
    print(f"unités cachées : {caches} ; de {quantity(100 * min(j), '%')}",
          f"à {quantity(100 * max(j), '%')} selon le tirage")
bons = [c for c, j in justesse.items() if max(j) > 0.99]
comparer("08.e", unités=min(bons, default=None), sans_relu=sans)

# %% [markdown] id="lunes-commentaire"
# Ces pourcentages sont mesurés sur 2000 points que le réseau n'a jamais vus.
# Une unité ne fait pas mieux qu'une droite ; sans ReLU, dix non plus. Avec
# peu d'unités, tout dépend du tirage des premiers poids : une ReLU mal partie
# reste éteinte, et rien ne la rallume. Avec dix, il en reste toujours assez de
# vivantes.

# %% [markdown] id="lunes-manipuler"
# ### Manipuler
#
# Votre réseau, pas à pas. **Entrée** fait cent pas, **Espace** un seul ; ← et
# → vont et viennent dans le temps ; un clic ajoute un point. À droite, ce que
# voit chaque unité. **Un défi :** sur la cible, trouvez le plus petit nombre
# d'unités qui enferme les carrés.
#
# <details><summary>Ouvrir la réponse, après avoir essayé</summary>
#
# Trois : trois droites suffisent à entourer un disque d'un triangle. Deux
# droites ne ferment rien. Mais trois unités bien placées dépendent d'un bon
# tirage ; avec quatre ou cinq, presque tous conviennent.
#
# </details>

# %% id="lunes-explorer"
explore_decision_boundary(mon_reseau, EntropieCroisee)

# %% [markdown] id="lunes-expliquer" exercise="08.1x" manual=true points=1
# ### Expliquer
#
# Le réseau part de poids tirés au hasard. Que se passerait-il si on les
# prenait tous nuls ?
#
# ### BEGIN SOLUTION
# Toutes les unités cachées rendraient la même chose, et la dernière couche,
# nulle, ne leur renverrait aucun gradient : rien ne bougerait. Avec des poids
# égaux mais non nuls, elles recevraient toutes le même gradient, et resteraient
# jumelles : dix unités n'en vaudraient qu'une. Le hasard brise cette symétrie.
# ### END SOLUTION

# %% [markdown] id="iris-situation"
# ## 8. Cent cinquante fleurs
#
# ### Situation
#
# En 1936, Ronald Fisher publie les mesures de 150 iris : longueur et largeur
# des sépales et des pétales, en centimètres, pour trois espèces [3].
#
# Deux colonnes sont deux fois plus grandes que les autres. Mettons-les à la
# même échelle : ôtons à chacune sa moyenne, divisons par son écart-type. Et le
# test, avec quels nombres ?
#
# ### Coder
#
# Normalisez les deux tableaux, chacun ayant une ligne par fleur. Rien du second
# ne doit influencer le premier.

# %% id="iris-fonction" exercise="08.8" points=1
def normaliser(appris, nouveau):
    """Les deux tableaux, mis à l'échelle des colonnes du premier."""
    ### BEGIN SOLUTION
    moyenne, ecart = appris.mean(axis=0), appris.std(axis=0)
    return (appris - moyenne) / ecart, (nouveau - moyenne) / ecart
    ### END SOLUTION

# %% id="iris-verifier"
normaliser = exercise("08.8").check(normaliser)

# %% [markdown] id="iris-plis-texte"
# Cent cinquante fleurs, c'est peu : dans un test de trente, une fleur pèse
# 3,3 points. D'où la **validation croisée** : on coupe en cinq, chaque
# cinquième sert de test à son tour, et l'on recommence avec d'autres coupes.

# %% id="iris-plis"
iris = load("iris")
X = np.concatenate([iris.x_train, iris.x_test])
Y = np.concatenate([iris.y_train, iris.y_test])

# %% id="iris-un-pli"
def un_pli(ordre, k, graine):
    """La justesse sur le cinquième k, appris sur les quatre autres."""
    test = ordre[k::5]
    reste = np.setdiff1d(ordre, test)
    a, b = (np.float32(m) for m in normaliser(X[reste], X[test]))
    rng = np.random.default_rng(graine)
    net = nn.Sequential(nn.Linear(4, 16, init="glorot", rng=rng),
                        nn.Tanh(), nn.Linear(16, 3, rng=rng))
    nn.fit(net, (a, Y[reste]), loss=nn.CrossEntropyLoss(), rng=rng,
           optimizer=nn.Adam(net.parameters(), 0.01), epochs=60,
           batch_size=30, progress=False)
    return nn.accuracy(net, b, Y[test])

# %% id="iris-mesure"
tours = []
for graine in range(budget(flash=2, td=10, complet=50)):
    ordre = np.random.default_rng(graine).permutation(150)
    tours.append([un_pli(ordre, k, graine) for k in range(5)])
tours = 100 * np.array(tours)
print("moyenne :", quantity(tours.mean(), "%"))
print("un seul pli : de", quantity(tours.min(), "%"), "à",
      quantity(tours.max(), "%"))
print("une coupe entière : de", quantity(tours.mean(axis=1).min(), "%"),
      "à", quantity(tours.mean(axis=1).max(), "%"))

# %% [markdown] id="iris-commentaire"
# La moyenne dépasse 95 %. Regardez surtout l'écart entre les plis : qui n'en
# ferait qu'un pourrait annoncer n'importe lequel de ces nombres. Quand un
# article donne une justesse sur trente exemples, demandez lesquels.

# %% [markdown] id="images-situation"
# ## 9. Lire des images
#
# ### Situation
#
# Trois jeux de 28 × 28 pixels, dix classes chacun : les chiffres de MNIST
# [4], les vêtements de Fashion-MNIST [5], les caractères cursifs japonais de
# Kuzushiji-MNIST [6].

# %% id="images-donnees"
PART = budget(flash=(800, 500), td=None, complet=None)
NOMS = ("mnist", "fashion_mnist", "kmnist")
jeux = {nom: load(nom, subset=PART) for nom in NOMS}
for jeu in jeux.values():
    print(jeu)
montrer(*(mosaique(nom, np.concatenate(
    [jeu.images()[jeu.y_train == c][:5] for c in range(10)]), 5, jeu.name)
    for nom, jeu in jeux.items()), hauteur=560)

# %% [markdown] id="images-commentaire"
# *Figure :* trois mosaïques, une classe par ligne, cinq exemples chacune. Les
# chiffres se ressemblent d'un exemple à l'autre. Les vêtements se distinguent
# par la silhouette, sauf les hauts entre eux. En japonais, une même classe a
# plusieurs tracés sans rapport.
#
# ### Prédire
#
# Même réseau, même recette pour les trois : 784 pixels, 256 unités, 10
# classes. Rangez les jeux du plus facile au plus difficile, par exemple
# `"mnist, kmnist, fashion_mnist"`.

# %% id="images-pronostic"
pronostic("08.f", ordre=None)

# %% id="images-recette"
def recette(jeu, epoques, graine=0):
    """784-256-10, élan, puis quatre époques à pas dix fois plus petit."""
    rng = np.random.default_rng(graine)
    net = nn.Sequential(nn.Linear(784, 256, rng=rng), nn.ReLU(),
                        nn.Linear(256, 10, rng=rng))
    descente = nn.SGD(net.parameters(), lr=0.05, momentum=0.9,
                      weight_decay=1e-4)
    for lr, n in ((0.05, epoques), (0.005, 4)):
        descente.lr = lr
        nn.fit(net, jeu, loss=nn.CrossEntropyLoss(), optimizer=descente,
               epochs=n, rng=rng)
    return net

# %% id="images-apprendre"
EPOQUES = {"mnist": budget(flash=3, td=8, complet=8),
           "fashion_mnist": budget(flash=3, td=10, complet=10),
           "kmnist": budget(flash=3, td=15, complet=15)}
reseaux, justes = {}, {}
for nom, jeu in jeux.items():
    reseaux[nom] = recette(jeu, EPOQUES[nom])
    justes[nom] = 100 * nn.accuracy(reseaux[nom], jeu.x_test, jeu.y_test)
    print(f"{jeu.name} : {quantity(justes[nom], '%')} du test,",
          f"appris sur {len(jeu.x_train)} images")
comparer("08.f", ordre=", ".join(sorted(justes, key=lambda n: -justes[n])))

# %% [markdown] id="images-comparaison"
# Pour Kuzushiji-MNIST, nous n'avons que 7011 images d'apprentissage sur
# 60 000. Ses auteurs, avec toutes, publient 91,56 % pour les quatre plus
# proches voisins, et 95,12 % pour un petit réseau convolutif [6] : comparez,
# mais en sachant ce qui n'est pas égal.
#
# ### Coder
#
# Un pourcentage cache **lesquelles** sont confondues. Rendez la matrice k × k
# dont la case (i, j) compte les exemples de la classe i pris pour j.

# %% id="confusion-fonction" exercise="08.9" points=1
def matrice_de_confusion(verite, reponse, k):
    """M[i, j] : exemples de la classe i que le réseau a pris pour j."""
    ### BEGIN SOLUTION
    M = np.zeros((k, k), int)
    for i, j in zip(verite, reponse, strict=True):
        M[i, j] += 1
    return M
    ### END SOLUTION

# %% id="confusion-verifier"
matrice_de_confusion = exercise("08.9").check(matrice_de_confusion)

# %% id="confusion-figure"
jeu = jeux["fashion_mnist"]
reponse = nn.predict(reseaux["fashion_mnist"], jeu.x_test).argmax(axis=1)
M = np.asarray(matrice_de_confusion(jeu.y_test, reponse, 10))
part = M / M.sum(axis=1, keepdims=True)
hors = np.where(np.eye(10, dtype=bool), 0, M)
for k in np.argsort(hors, axis=None)[::-1][:4]:
    i, j = divmod(int(k), 10)
    print(f"{jeu.classes[i]}, pris pour {jeu.classes[j]} : {hors[i, j]} fois")
print("; ".join(f"{k}, {mot}" for k, mot in enumerate(jeu.classes)))
axes = [Axis(mot, "", (-0.5, 9.5), tuple(map(float, range(10))))
        for mot in ("réponse", "vraie classe")]
montrer(Panel("confusion", *axes, (Image(
    np.sqrt(part), (-0.5, 9.5), (-0.5, 9.5), (0, 1)),)), hauteur=480)

# %% [markdown] id="confusion-commentaire"
# *Figure :* la matrice de Fashion-MNIST, une ligne par vraie classe, la classe
# 0 en bas, la réponse en abscisse ; la racine carrée de la fraction, en
# couleur. La diagonale qui monte est claire. Hors d'elle, deux groupes : les
# hauts entre eux (0, 2, 3, 4, 6), et les chaussures entre elles (5, 7, 9).
#
# Les confusions ne sont pas dispersées : ce sont celles que vous feriez sur
# des vignettes de 28 pixels. Regardez quelques erreurs.

# %% id="confusion-erreurs"
fausses = np.flatnonzero(reponse != jeu.y_test)[:10]
for k in fausses[:5]:
    print("vraie classe :", jeu.classes[jeu.y_test[k]], "; réponse :",
          jeu.classes[reponse[k]])
montrer(mosaique("erreurs", jeu.images("test")[fausses], 10,
                 "Dix erreurs du réseau"), hauteur=130)

# %% [markdown] id="conv-texte"
# *Figure :* les dix premières images mal classées, de gauche à droite ; la
# liste donne les cinq premières.
#
# ### Et si les pixels avaient des voisins ?
#
# Mélangez les 784 pixels, toujours de la même façon : notre réseau apprendrait
# aussi bien. Il ne sait pas que deux pixels se touchent. Une couche
# **convolutive** promène de petits filtres, les mêmes partout. Lisez
# `course/nn/convolution.py` : ce n'est qu'un produit de matrices, une fois
# l'image dépliée en colonnes.

# %% id="conv"
def convolutif(rng, unites=128):
    """Deux convolutions 3 × 3, deux réductions, deux couches."""
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1, rng=rng), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1, rng=rng), nn.ReLU(),
        nn.MaxPool2d(2), nn.Flatten(), nn.Dropout(0.25, rng=rng),
        nn.Linear(1568, unites, rng=rng), nn.ReLU(),
        nn.Dropout(0.25, rng=rng), nn.Linear(unites, 10, rng=rng))


def en_canal(x):
    """(n, 784) -> (n, 1, 28, 28)."""
    return x.reshape(-1, 1, 28, 28)

# %% id="conv-epoques"
def epoques_conv(net, jeu, plan, rng):
    """Adam ; `plan` dit combien d'époques à chaque pas."""
    adam = nn.Adam(net.parameters())
    for adam.lr, n in plan:
        nn.fit(net, (en_canal(jeu.x_train), jeu.y_train), rng=rng,
               loss=nn.CrossEntropyLoss(), optimizer=adam, epochs=n)


def juste(net, jeu):
    """Le pourcentage du test."""
    return 100 * nn.accuracy(net, en_canal(jeu.x_test), jeu.y_test)

# %% id="conv-mesure"
jeu, rng = jeux["kmnist"], np.random.default_rng(0)
net = convolutif(rng)
a, b = budget(flash=(1, 1), td=(3, 1), complet=(14, 6))
epoques_conv(net, jeu, ((1e-3, a), (2e-4, b)), rng)
print(f"{jeu.name}, convolutif, {a + b} époques :",
      quantity(juste(net, jeu), "%"))
print("784-256-10 :", quantity(justes["kmnist"], "%"))

# %% [markdown] id="conv-commentaire"
# Au profil `td`, ces quatre époques ne sont qu'un début : le profil `complet`
# en fait vingt. Dites toujours combien d'époques a un nombre que vous
# comparez.
#
# ### Reprendre là où un autre s'est arrêté
#
# Les vêtements de Fashion-MNIST sont 60 000 : une époque y coûte une minute,
# ou presque. Le cours contient donc des poids déjà appris, arrondis à
# 16 bits. `python -m course.weights` les refait. Au profil `td`, vous en
# partez pour **une** époque ; au profil `complet`, vous partez de rien.
#
# Prenez garde à ce que cela change : ces poids ont déjà vu toutes les images
# d'apprentissage, mais aucune du test.

# %% id="conv-vetements"
jeu, rng = jeux["fashion_mnist"], np.random.default_rng(0)
net, suite = convolutif(rng, 48), "appris de rien"
plan = ((1e-3, 10), (2e-4, 4)) if profile() == "complet" else ((1e-3, 2),)
if jeu.name != "fashion_mnist":
    print("Fashion-MNIST n'est pas ici : les poids du cours n'y servent pas.")
elif profile() != "complet":
    pretrained(net, "fashion_mnist")
    plan, suite = ((1e-4, 1),), "une époque de plus"
    print("poids du cours, tels quels :", quantity(juste(net, jeu), "%"))
epoques_conv(net, jeu, plan, rng)
print(f"{jeu.name}, {suite} :", quantity(juste(net, jeu), "%"))
print("784-256-10 :", quantity(justes["fashion_mnist"], "%"))

# %% [markdown] id="conv-vetements-commentaire"
# Avec les vrais vêtements, l'époque de plus ne change presque rien : ces
# poids étaient au bout de ce que leur recette savait faire. Ce que les filtres
# rapportent se lit entre la dernière ligne et les précédentes, avec cinq fois
# moins d'unités cachées que le réseau dense.

# %% [markdown] id="effets-situation"
# ## 10. Tourner les boutons
#
# ### Prédire
#
# Sur quelques milliers de vêtements, trois couches cachées de 64 unités, dix
# époques. Des trois activations, sigmoïde, tanh et ReLU, laquelle finit loin
# derrière les deux autres ? Et avec une couche et cinq époques, quelle taille
# de lot donne le meilleur résultat, 8, 64 ou 512 ?

# %% id="effets-pronostic"
pronostic("08.g", loin_derrière=None, meilleur_lot=None)

# %% id="effets-essai"
vetements = load("fashion_mnist", subset=budget(
    flash=(500, 500), td=(5000, 2000), complet=(20_000, 10_000)))


def essai(f=nn.ReLU, largeurs=(64,), lr=0.02, lot=64, epoques=5, graine=0):
    """Le pourcentage du test ; les poids de départ selon l'activation."""
    rng, modules = np.random.default_rng(graine), []
    tailles, init = (784, *largeurs), "he" if f is nn.ReLU else "glorot"
    for n, m in zip(tailles[:-1], tailles[1:], strict=True):
        modules += [nn.Linear(n, m, init=init, rng=rng), f()]
    net = nn.Sequential(*modules, nn.Linear(tailles[-1], 10, rng=rng))
    nn.fit(net, vetements, loss=nn.CrossEntropyLoss(), rng=rng,
           optimizer=nn.SGD(net.parameters(), lr), batch_size=lot,
           epochs=epoques, progress=False)
    return 100 * nn.accuracy(net, vetements.x_test, vetements.y_test)

# %% id="effets-table"
par_f = {mot: [essai(f, (64, 64, 64), 0.05, epoques=10, graine=k)
               for k in range(budget(flash=1, td=3, complet=5))]
         for mot, f in (("sigmoïde", nn.Sigmoid), ("tanh", nn.Tanh),
                        ("ReLU", nn.ReLU))}
for mot, tirages in par_f.items():
    print(f"{mot} :", ", ".join(quantity(x, "%") for x in tirages))

# %% id="effets-table-2"
TIRAGES = range(budget(flash=1, td=3, complet=5))


def moyenne(**boutons):
    """La moyenne de quelques tirages."""
    return np.mean([essai(graine=k, **boutons) for k in TIRAGES])

# %% id="effets-table-3"
par_lot = {lot: moyenne(lot=lot) for lot in (8, 64, 512)}
par_lr = {lr: moyenne(lr=lr) for lr in (0.001, 0.01, 0.1, 0.5)}
par_largeur = {n: moyenne(largeurs=(n,)) for n in (2, 4, 16, 64, 256)}
for titre, table in (("lot", par_lot), ("pas", par_lr),
                     ("largeur", par_largeur)):
    print(f"{titre} :", ", ".join(f"{short(k)} → {quantity(v, '%')}"
                                  for k, v in table.items()))
comparer("08.g", meilleur_lot=max(par_lot, key=par_lot.get),
         loin_derrière=min(par_f, key=lambda mot: np.mean(par_f[mot])))

# %% id="effets-figure"
def courbe(nom, table):
    """Le pourcentage selon le bouton, en échelle logarithmique."""
    k = np.log10(list(table))
    return cadre(nom, (f"log₁₀ {nom}", "", (k[0] - 0.2, k[-1] + 0.2)), (
        "test", "%", (0, 100)), [Line(k, list(table.values())), Points(
            k, list(table.values()))], nom)


montrer(courbe("lot", par_lot), courbe("pas", par_lr),
        courbe("largeur", par_largeur))

# %% [markdown] id="effets-commentaire"
# *Figure :* le pourcentage du test, moyenne de trois tirages, selon le
# logarithme de la taille des lots, du pas, et de la largeur. La courbe des lots descend ; celle du pas monte, puis
# redescend ; celle de la largeur monte, puis s'aplatit.
#
# La sigmoïde à trois couches est loin derrière : sa pente ne dépasse jamais ¼,
# et trois fois de suite, le gradient s'éteint. Tanh et ReLU, dont la pente va
# jusqu'à 1, sont à quelques points l'une de l'autre : autant que d'un tirage au
# suivant, et il en faudrait davantage pour les départager. À nombre d'époques
# égal, les grands lots font moins de pas ; ils demandent un pas plus grand. La
# largeur rapporte de moins en moins.

# %% [markdown] id="effets-expliquer" exercise="08.2x" manual=true points=1
# ### Expliquer
#
# Un collègue passe de lots de 64 à des lots de 512, voit la précision baisser,
# et conclut que les petits lots généralisent mieux. Quelle mesure lui
# demandez-vous avant de le croire ?
#
# ### BEGIN SOLUTION
# La même comparaison à nombre de **pas** égal, ou avec un pas d'apprentissage
# réglé pour chaque taille. À nombre d'époques égal, des lots huit fois plus
# grands font huit fois moins de pas : on a comparé deux durées, et non deux
# tailles.
# ### END SOLUTION

# %% [markdown] id="bilan"
# ## Bilan
#
# Vous savez faire revenir une erreur à travers une couche, un pli et une
# perte, et prouver que chaque dérivée est juste. Vous savez les assembler, et
# choisir un pas, une largeur, une taille de lot en sachant ce qu'ils changent.
# Vous savez dire ce que vaut un pourcentage.
#
# **À redessiner de mémoire :** deux lunes, les droites des unités cachées, et
# la frontière que leur somme dessine.

# %% [markdown] id="musee-situation"
# ## Musée des erreurs
#
# ### Pièce 1 : une dérivée de trop
#
# Un neurone sort $p = \sigma(z) = 1/(1 + e^{-z})$ ; sa perte est l'entropie
# croisée, $-t\log p - (1 - t)\log(1 - p)$. L'auteur du programme se souvient
# que la dérivée de σ est $p\,(1 - p)$, et l'écrit. Le programme tourne, la
# perte baisse.

# %% id="musee-piece"
def sigma(z):
    """La sigmoïde."""
    return 1 / (1 + np.exp(-z))


def piece(z, t):
    """∂L/∂z, selon l'auteur."""
    p = sigma(z)
    return (p - t) * p * (1 - p) / len(z)

# %% id="musee-deux-departs"
hasard = np.random.default_rng(4)
t = np.repeat([0.0, 1.0], 50)
x = hasard.normal(0, 0.6, 100) + 2 * t - 1


def perte_au_fil(gradient, w, lr=1.0, pas=300):
    """La perte à chaque pas, depuis le poids w."""
    b, pertes = 0.0, []
    for _ in range(pas):
        z = w * x + b
        pertes.append(np.mean(np.logaddexp(0, z) - z * t))
        g = np.asarray(gradient(z, t))
        w, b = w - lr * (g * x).sum(), b - lr * g.sum()
    return np.array(pertes)

# %% id="musee-figure"
def tracer(gradients):
    """La perte depuis deux départs, pour chaque gradient."""
    panneaux = []
    for w in (0.0, -8.0):
        courbes = [Line(np.arange(300), perte_au_fil(g, w), mot, *c, 2.2)
                   for (mot, g), c in zip(gradients.items(), COULEURS,
                                          strict=False)]
        panneaux.append(cadre(f"w = {short(w)}", ("pas", "", (0, 300)), (
            "perte", "", (0, 10)), courbes, f"départ w = {short(w)}"))
    return montrer(*panneaux)


tracer({"la pièce": piece})

# %% [markdown] id="musee-trouver"
# *Figure :* la perte pendant 300 pas. À gauche, depuis w = 0, elle baisse
# comme il faut. À droite, depuis w = −8, un neurone sûr de lui et qui se
# trompe, elle passe en 300 pas de 8 à un peu moins de 7.
#
# **Trouver.** Comparez avec `nn.gradient_check`, ou sur le papier : que vaut
# $\partial L/\partial p$ ?
#
# **Réparer.** Rendez $\partial L/\partial z$ ; z et t sont des tableaux.

# %% id="musee-fonction" exercise="08.10" points=1
def gradient_sigmoide(z, t):
    """∂L/∂z pour l'entropie croisée moyenne de σ(z)."""
    ### BEGIN SOLUTION
    p = 1 / (1 + np.exp(-z))
    return (p - t) / len(z)
    ### END SOLUTION

# %% id="musee-verifier"
gradient_sigmoide = exercise("08.10").check(gradient_sigmoide)

# %% id="musee-prouver"
tracer({"la pièce": piece, "réparé": gradient_sigmoide})

# %% [markdown] id="musee-commentaire"
# *Figure :* les mêmes pertes, la pièce en bleu, la réparation en orange
# tireté. Depuis w = −8, la réparation redescend presque aussitôt.
#
# $\partial L/\partial p = (p - t)/(p\,(1 - p))$ contenait déjà le
# dénominateur qui efface $p\,(1 - p)$. Compté deux fois, il éteint le gradient
# exactement là où l'erreur est la plus grave. Le signe restait juste : la
# perte baissait, et personne ne regardait.

# %% [markdown] id="somme-situation"
# ### Pièce 2 : la somme au lieu de la moyenne
#
# Cet optimiseur additionne les gradients des exemples d'un lot. Avec des lots
# de 8, il est excellent. Son auteur achète une machine plus grosse, et passe à
# 512.

# %% id="somme-piece"
class Somme(nn.CrossEntropyLoss):
    """L'entropie croisée, dont le gradient n'est pas divisé."""
    def backward(self):
        g = super().backward()
        return g * len(g)


def apprise(perte, lot, lr=0.005):
    """Le pourcentage du test après trois époques."""
    rng = np.random.default_rng(0)
    net = nn.Sequential(nn.Linear(784, 32, rng=rng), nn.ReLU(),
                        nn.Linear(32, 10, rng=rng))
    nn.fit(net, chiffres, loss=perte, batch_size=lot, rng=rng, epochs=3,
           optimizer=nn.SGD(net.parameters(), lr), progress=False)
    return 100 * nn.accuracy(net, chiffres.x_test, chiffres.y_test)

# %% id="somme-mesure"
import warnings

chiffres = load("mnist", subset=budget(
    flash=(1000, 500), td=(6000, 2000), complet=(6000, 2000)))
for lot in (8, 64, 512):
    with warnings.catch_warnings(record=True) as dit:
        warnings.simplefilter("always")
        somme = apprise(Somme(), lot)
    moyenne = apprise(nn.CrossEntropyLoss(), lot, 0.005 * lot)
    print(f"lot de {lot} : somme, {quantity(somme, '%')}",
          "(la perte a débordé)" * bool(dit), "; moyenne et pas de",
          f"{short(0.005 * lot)} : {quantity(moyenne, '%')}")

# %% [markdown] id="somme-commentaire"
# **Trouver et expliquer.** À chaque ligne, les deux nombres sont les mêmes, ou
# presque. Une somme sur N exemples vaut N fois la moyenne : le pas véritable
# est `lr * N`, et change quand on change de lot. De 8 à 512, il a été
# multiplié par 64 ; celui de la section 1 aurait explosé pour moins. Avec une
# moyenne, `lr` veut dire la même chose partout.

# %% [markdown] id="softmax-situation"
# ### Pièce 3 : un softmax qui déborde
#
# La formule de la section 5, écrite telle quelle. Elle marche sur tous les
# exemples de l'auteur. Puis quelqu'un oublie de diviser les pixels par 255.

# %% id="softmax-piece"
def softmax_naif(z):
    """La formule, telle quelle."""
    e = np.exp(z)
    return e / e.sum(axis=-1, keepdims=True)


rng = np.random.default_rng(0)
net = nn.Sequential(nn.Linear(784, 32, rng=rng), nn.ReLU(),
                    nn.Linear(32, 10, rng=rng))
for mot, echelle in (("pixels de 0 à 1", 1), ("pixels de 0 à 255", 255)):
    z = net(chiffres.x_test[:200] * np.float32(echelle))
    with np.errstate(all="ignore"):
        perdues = np.isnan(softmax_naif(z)).any(axis=1)
    print(f"{mot} : logits jusqu'à {quantity(float(z.max()), '')} ;",
          f"lignes perdues : {perdues.sum()} sur 200")

# %% [markdown] id="softmax-trouver"
# **Trouver.** En float32, $e^{89}$ dépasse le plus grand nombre : il devient
# l'infini, et l'infini divisé par l'infini, `nan`. Un seul `nan` suffit à
# perdre tous les poids au pas suivant.
#
# **Réparer.** Le softmax ne change pas quand on ajoute un même nombre à toute
# une ligne. Lequel choisir ? z peut avoir une ligne autour de −9000, une autre
# autour de 9000.

# %% id="softmax-fonction" exercise="08.11" points=1
def softmax_sur(z):
    """Le softmax de chaque ligne, quelle que soit la taille de z."""
    ### BEGIN SOLUTION
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
    ### END SOLUTION

# %% id="softmax-verifier"
softmax_sur = exercise("08.11").check(softmax_sur)

# %% id="softmax-prouver"
p = np.asarray(softmax_sur(z))
print("lignes perdues :", int(np.isnan(p).any(axis=1).sum()))
print(f"sommes des lignes : à {np.abs(p.sum(axis=1) - 1).max():.0e} de 1")
petits = net(chiffres.x_test[:200])
ecart = np.abs(np.asarray(softmax_sur(petits)) - softmax_naif(petits)).max()
print(f"sur les logits ordinaires, écart avec la formule : {ecart:.0e}")

# %% [markdown] id="musee-expliquer" exercise="08.3x" manual=true points=1
# **Expliquer.** Des trois pièces, laquelle `nn.gradient_check` aurait-il
# prise, et lesquelles non ? Pourquoi ?
#
# ### BEGIN SOLUTION
# La première : le gradient n'est pas celui de la perte. La deuxième aussi,
# si on le compare à la perte moyenne affichée ; mais c'est un gradient juste
# de la somme, et l'erreur est dans ce que lr veut dire. La troisième, non :
# sur des logits ordinaires, tout est exact. Une vérification ne dit rien des
# nombres qu'on ne lui a pas donnés.
# ### END SOLUTION

# %% [markdown] id="plus-loin"
# ## Pour aller plus loin
#
# - **Les lots et le bruit.** Un petit lot donne un gradient bruité. Mesurez sa
#   variance selon la taille du lot, puis lisez ce qu'en disent Smith et ses
#   collègues [7] : ne pas baisser le pas, mais grandir le lot.
# - **Lire la bibliothèque.** Aucun fichier de `course/nn` ne dépasse 150
#   lignes. Écrivez une couche de normalisation par lot [8], et passez-la à
#   `nn.gradient_check`.

# %% [markdown] id="references"
# ## Références
#
# 1. F. Rosenblatt, « The perceptron : a probabilistic model for information
#    storage and organization in the brain », *Psychol. Rev.* 65 (1958)
#    386-408.
# 2. M. Minsky, S. Papert, *Perceptrons*, MIT Press, 1969.
# 3. R. A. Fisher, « The use of multiple measurements in taxonomic problems »,
#    *Annals of Eugenics* 7 (1936) 179-188.
# 4. Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, « Gradient-based learning
#    applied to document recognition », *Proc. IEEE* 86 (1998) 2278-2324.
# 5. H. Xiao, K. Rasul, R. Vollgraf, « Fashion-MNIST : a novel image dataset
#    for benchmarking machine learning algorithms », arXiv:1708.07747, 2017.
# 6. T. Clanuwat, M. Bober-Irizar, A. Kitamoto, A. Lamb, K. Yamamoto, D. Ha,
#    « Deep learning for classical Japanese literature », arXiv:1812.01718,
#    2018.
# 7. S. L. Smith, P.-J. Kindermans, C. Ying, Q. V. Le, « Don't decay the
#    learning rate, increase the batch size », *ICLR*, 2018.
# 8. S. Ioffe, C. Szegedy, « Batch normalization : accelerating deep network
#    training by reducing internal covariate shift », *ICML*, 2015.
