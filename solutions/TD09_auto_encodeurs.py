# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] id="titre"
# # TD09 — Auto-encodeurs
#
# Un chiffre manuscrit est fait de 784 pixels. Combien de nombres faut-il
# vraiment pour le redessiner ? Dans deux heures, vous en aurez gardé 32, puis
# deux ; vous aurez marché d'un 3 vers un 8 ; et vous saurez pourquoi les
# belles cartes de données mentent si bien.
#
# > **Objectifs.** À la fin, vous saurez :
# > - construire le meilleur goulot linéaire, l'ACP, et mesurer ce qu'il perd ;
# > - entraîner un auto-encodeur, et dire d'où vient son avantage ;
# > - partager une matrice entre l'aller et le retour, gradient compris ;
# > - débruiter des images, et reconnaître un débruiteur qui n'apprend rien ;
# > - lire une carte t-SNE sans lui faire dire ce qu'elle ne dit pas ;
# > - mesurer ce qu'une reconstruction coûte à qui doit la reconnaître ;
# > - choisir un réglage par une règle écrite avant de chercher.
# >
# > **Prérequis.** Le TD08 : couche, gradient, `Sequential`, matrice de
# > confusion.
# >
# > **Durée.** Deux heures pour les sections 1 à 8 et le musée. Les sections 9
# > à 11 sont trois perspectives, à choisir ou à garder pour chez vous.
# >
# > **Matériel repris.** La bibliothèque `course.nn`, que vous avez écrite pièce
# > par pièce au TD08.

# %% [markdown] id="simplifications"
# > **Ce que ces modèles simplifient.**
# > - *L'erreur est comptée pixel par pixel.* Un trait décalé d'un pixel y
# >   coûte plus cher qu'un trait effacé à demi. L'œil juge autrement.
# > - *Le code n'a pas de loi.* Rien ne dit où, dans l'espace des codes, se
# >   trouvent les chiffres : ce sera l'affaire du TD13.
# > - *Un jeu facile.* Des chiffres centrés, gris, de la même taille.

# %% [markdown] id="preparation-texte"
# Exécutez d'abord les sept cellules suivantes. Les sections se suivent : l'une
# reprend les réseaux et les images de l'autre. Exécutez donc toutes les
# cellules dans l'ordre ; un exercice que vous laissez n'arrête rien.

# %% id="preparation"
# %matplotlib inline
import numpy as np
from sklearn.cluster import KMeans
from sklearn.manifold import TSNE
from sklearn.metrics import adjusted_rand_score

from course import nn
from course.data import load
from course.exercises import comparer, exercise, pronostic
from course.plot.french import decimal, quantity, short
from course.plot.mpl import draw
from course.plot.scene import Axis, Image, Line, Mark, Panel, Points, Scene
from course.profile import budget, profile
from course.widgets import explore_latent

# %% id="donnees"
PART = budget(flash=(1500, 400), td=(10_000, 2000), complet=(60_000, 10_000))
jeu = load("mnist", subset=PART)
x, y, x_test, y_test = jeu.x_train, jeu.y_train, jeu.x_test, jeu.y_test
print(jeu)


def erreur(copie, original=x_test):
    """La moyenne des carrés des écarts, par pixel."""
    return float(np.mean((copie - original) ** 2))

# %% id="modele"
def auto_encodeur(k, caches=256, graine=0):
    """784 → caches → k → caches → 784 ; caches=0 : un code linéaire."""
    rng = np.random.default_rng(graine)

    def couche(a, b):
        return nn.Linear(a, b, rng=rng)
    if not caches:
        return nn.Sequential(couche(784, k), couche(k, 784), nn.Sigmoid())
    return nn.Sequential(
        couche(784, caches), nn.ReLU(), couche(caches, k),
        couche(k, caches), nn.ReLU(), couche(caches, 784), nn.Sigmoid())

# %% id="recette"
EPOQUES = budget(flash=8, td=12, complet=20)


def apprendre(net, entree=x, cible=x, epoques=EPOQUES, lr=2e-3, graine=0):
    """L'erreur sur le test après chaque époque."""
    descente = nn.Adam(net.parameters(), lr)
    h = nn.fit(net, (entree, cible), loss=nn.MSELoss(), optimizer=descente,
               epochs=epoques, validation=(x_test, x_test), rng=graine)
    return np.array(h.val_loss)

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
def planche(*rangees, titre=""):
    """Une rangée d'images de 28 × 28 par tableau (n, 784)."""
    n = len(rangees[0])
    page = np.concatenate([np.hstack(r.reshape(-1, 28, 28))
                           for r in rangees])
    bords = (0.0, float(n)), (0.0, float(len(rangees)))
    vides = [Axis("", "", bord, ()) for bord in bords]
    image = Image(page[::-1], *bords, (0, 1))
    return draw(Scene(((Panel("images", *vides, (image,), title=titre),),),
                      height=52 * len(rangees) + 40), 9.5)

# %% id="preparation-duree"
attente = budget(flash="10 s", td="1 min", complet="20 min")
print(f"Profil « {profile()} » : aucun calcul ne dépasse {attente}.")
if profile() == "flash":
    print("Profil flash : 1500 images et huit époques seulement. Les erreurs"
          " sont plus grandes, et certains rangs changent.")

# %% [markdown] id="acp-situation"
# ## 1. Le meilleur goulot linéaire
#
# ### Situation
#
# Les 784 pixels d'un chiffre ne sont pas libres : les coins sont toujours
# noirs, deux pixels voisins se ressemblent. Il y a donc, parmi les images
# possibles, bien moins de chiffres que de bruits.
#
# Un **goulot** oblige à choisir : 784 nombres entrent, k passent, et il faut
# refaire l'image avec ces k seulement.
#
# ### Formaliser
#
# Si l'aller et le retour sont linéaires, le meilleur goulot est connu depuis
# 1901 : c'est l'**analyse en composantes principales**, l'ACP [1]. On
# retranche la moyenne m, on projette sur les k directions où le nuage est le
# plus étendu, on revient :
#
# $$\hat x = m + V^\top V\,(x - m)$$
#
# - $V$ : une direction par ligne, de longueur 1, toutes perpendiculaires ;
# - $z = V\,(x - m)$ : le **code**, k nombres.
#
# ### Prédire
#
# Avec k = 32, quelle part de la variance, en pour cent, l'ACP garde-t-elle ?
# Et combien de directions pour en garder 95 % ?

# %% id="acp-pronostic"
pronostic("09.a", part_a_32=None, directions_pour_95=None)

# %% [markdown] id="acp-coder"
# ### Coder
#
# `np.linalg.svd(xc, full_matrices=False)` rend U, s et V, les directions
# rangées de la plus étendue à la plus mince. Rendez les images passées par un
# goulot de k directions.

# %% id="acp-fonction" exercise="09.1" points=2
def reconstruire_acp(x, k):
    """x (n, d), projeté sur ses k directions principales, et revenu."""
    ### BEGIN SOLUTION
    moyenne = x.mean(axis=0)
    axes = np.linalg.svd(x - moyenne, full_matrices=False)[2][:k]
    return moyenne + (x - moyenne) @ axes.T @ axes
    ### END SOLUTION

# %% id="acp-verifier"
reconstruire_acp = exercise("09.1").check(reconstruire_acp)

# %% [markdown] id="acp-honnete"
# ### Vérifier
#
# Un piège : votre fonction prend ses directions dans les images mêmes qu'elle
# refait. Un auto-encodeur, lui, sera jugé sur des images **jamais vues**. Pour
# comparer, prenons les directions dans l'apprentissage, et l'erreur dans le
# test.

# %% id="acp-directions"
m = x.mean(axis=0)
valeurs, vecteurs = np.linalg.eigh(np.cov((x - m).T.astype(float)))
V = np.float32(vecteurs[:, ::-1].T)
part = 100 * np.cumsum(valeurs[::-1]) / valeurs.sum()
erreur_acp = {k: erreur(m + (x_test - m) @ V[:k].T @ V[:k])
              for k in (2, 8, 32, 128)}
comparer("09.a", part_a_32=part[31],
         directions_pour_95=int(np.argmax(part >= 95)) + 1)
for k, e in erreur_acp.items():
    print(f"k = {k} : erreur de l'ACP {decimal(e, 4)}")

# %% id="acp-piege"
lot = x_test[:400]
for mot, copie in (
        ("l'apprentissage", m + (lot - m) @ V[:128].T @ V[:128]),
        ("ces images mêmes", np.float32(reconstruire_acp(lot, 128)))):
    print(f"400 images, k = 128, directions prises dans {mot} :",
          decimal(erreur(copie, lot), 4))

# %% id="acp-figure"
choix = [int(np.flatnonzero(y_test == c)[0]) for c in range(10)]
planche(x_test[choix], *(m + (x_test[choix] - m) @ V[:k].T @ V[:k]
                         for k in (128, 32, 8, 2)))

# %% [markdown] id="acp-commentaire"
# *Figure :* dix chiffres du test, et ce qu'il en reste, de haut en bas, avec
# 128, 32, 8 et 2 directions. À 128, presque rien ne manque. À 32, un halo gris
# entoure les traits. À 2, tout ressemble à un 0, à un 9 ou à leur moyenne.
#
# Et les deux lignes sur 400 images : avec des directions prises dans ces
# images mêmes, l'erreur est plus basse, sans que rien soit mieux compris. Une
# mesure sur ce qui a servi à apprendre flatte toujours.

# %% [markdown] id="ae-situation"
# ## 2. Un goulot qui n'est plus droit
#
# ### Situation
#
# Remplaçons les deux matrices par deux réseaux. L'**encodeur** va de 784 à
# 256, puis à 32. Le **décodeur** fait le chemin inverse, et finit par une
# sigmoïde : un pixel est entre 0 et 1. La cible est l'entrée elle-même ;
# aucune étiquette ne sert.
#
# ### Prédire
#
# Trois goulots de 32 nombres : l'ACP ; un **code linéaire**, 784 → 32 → 784,
# avec la sigmoïde pour seule courbe ; l'auto-encodeur, avec ses deux couches
# cachées. Rapportée à celle de l'ACP, combien vaudra l'erreur des deux
# autres ?

# %% id="ae-pronostic"
pronostic("09.b", code_lineaire=None, auto_encodeur=None)

# %% id="ae-apprendre"
lineaire, profond = auto_encodeur(32, caches=0), auto_encodeur(32)
courbes = {"code linéaire, sigmoïde": apprendre(lineaire, lr=3e-3),
           "auto-encodeur": apprendre(profond)}
rapports = {nom: e / erreur_acp[32] for nom, e in courbes.items()}
comparer("09.b", code_lineaire=rapports["code linéaire, sigmoïde"][-1],
         auto_encodeur=rapports["auto-encodeur"][-1])
for nom, r in rapports.items():
    sous = np.flatnonzero(r < 1)
    print(f"{nom} : sous l'ACP", f"dès l'époque {sous[0] + 1}" if len(sous)
          else "jamais, en si peu d'époques")

# %% id="ae-figure"
epoques = np.arange(1, EPOQUES + 1)
traits = [Line(epoques, r, nom, *c, 2.4)
          for (nom, r), c in zip(rapports.items(), COULEURS, strict=False)]
haut = 1.1 * max(r.max() for r in rapports.values())
montrer(cadre("ae", ("époque", "", (1, EPOQUES)), ("erreur / erreur de l'ACP",
        "", (0, haut)), [*traits, Mark(y=1, text="ACP", dash="dot")]))

# %% [markdown] id="ae-commentaire"
# *Figure :* l'erreur sur le test, rapportée à celle de l'ACP, au fil des
# époques. En profil `td`, l'auto-encodeur passe tout de suite sous la droite
# pointillée de l'ACP ; le code linéaire y met quelques époques de plus.
#
# Le code **linéaire** y passe aussi. Ses 32 nombres sont des sommes pondérées
# de pixels, comme ceux de l'ACP ; il n'a aucune couche cachée. Il a seulement
# une sigmoïde à la sortie, qui interdit les gris impossibles : ni pixel
# négatif, ni pixel plus blanc que blanc. **Battre l'ACP ne prouve donc pas que
# la profondeur sert.** Ce que la profondeur apporte se lit entre les deux
# courbes, pas sous la droite.

# %% [markdown] id="ae-expliquer" exercise="09.1x" manual=true points=1
# ### Expliquer
#
# Un article annonce : « notre auto-encodeur à sept couches divise par deux
# l'erreur de l'ACP ». Quelle comparaison manque ?
#
# ### BEGIN SOLUTION
# Le même goulot sans les couches : un code linéaire suivi de la même courbe de
# sortie, entraîné aussi longtemps, jugé sur les mêmes images jamais vues. Sans
# elle, on ne sait pas si le gain vient des sept couches ou de la sigmoïde.
# ### END SOLUTION

# %% [markdown] id="goulot-situation"
# ## 3. De deux à cent vingt-huit nombres
#
# ### Prédire
#
# Pour quel goulot l'auto-encodeur gagne-t-il le plus sur l'ACP : le plus
# étroit, 2, ou le plus large, 128 ?

# %% id="goulot-pronostic"
pronostic("09.c", gain_le_plus_grand=None)

# %% id="goulot-apprendre"
LARGEURS = budget(flash=(2, 32), td=(2, 8, 32, 128), complet=(2, 8, 32, 128))
reseaux = {k: profond if k == 32 else auto_encodeur(k) for k in LARGEURS}
rapport = {}
for k, net in reseaux.items():
    if k != 32:
        apprendre(net)
    rapport[k] = erreur(nn.predict(net, x_test)) / erreur_acp[k]
    print(f"k = {k} : {decimal(rapport[k], 2)} fois l'erreur de l'ACP")
comparer("09.c", gain_le_plus_grand=min(rapport, key=rapport.get))

# %% id="goulot-figure"
planche(x_test[choix], *(nn.predict(reseaux[k], x_test[choix])
                         for k in reversed(LARGEURS)))

# %% [markdown] id="goulot-commentaire"
# *Figure :* les mêmes dix chiffres, refaits par les auto-encodeurs, du goulot
# le plus large au plus étroit. En profil `td`, à huit nombres, un 2 commence à
# ressembler à un 3. À deux, il reste des chiffres, flous, mais souvent
# d'autres que les bons ; l'ACP ne laissait qu'un brouillard où tous se
# mêlaient.
#
# En profil `td`, le plus grand gain n'est ni au plus étroit, ni au plus large.
# À deux nombres, il manque trop de place pour que bien s'en servir suffise. À
# 128, presque tout passe déjà tout droit, et les couches cachées n'y ajoutent
# plus rien : le rapport peut même dépasser 1.

# %% [markdown] id="lie-situation"
# ## 4. Une matrice qui sert deux fois
#
# ### Situation
#
# L'ACP n'a qu'une matrice : $V$ à l'aller, $V^\top$ au retour. On peut imposer
# la même économie au code linéaire : $h = x\,W$, puis $y = h\,W^\top$. Deux
# fois moins de poids, pour dire la même chose.
#
# ### Formaliser
#
# Que devient le gradient quand un paramètre sert deux fois ? La perte L dépend
# de W par deux chemins. La règle de la chaîne **additionne** ce que chacun
# rapporte. Notons $g = \partial L/\partial y$, de la forme de x :
#
# - à h fixé, $y = h\,W^\top$ ;
# - à travers h, ce qui revient est $g\,W$, et $h = x\,W$.
#
# ### Coder
#
# Rendez $\partial L/\partial W$, de la forme de W.

# %% id="lie-fonction" exercise="09.2" points=2
def gradient_lie(x, W, g):
    """∂L/∂W quand y = (x W) Wᵀ et g = ∂L/∂y."""
    ### BEGIN SOLUTION
    aller = x.T @ (g @ W)
    retour = g.T @ (x @ W)
    return aller + retour
    ### END SOLUTION

# %% id="lie-verifier"
gradient_lie = exercise("09.2").check(gradient_lie)

# %% [markdown] id="lie-meme-texte"
# ### Vérifier
#
# `nn.Linear.tied(autre)` partage vraiment le poids de l'autre couche : un seul
# tableau, un seul gradient. Donne-t-il le vôtre ?

# %% id="lie-meme"
def code_lie(k, graine=0):
    """784 → k → 784, la même matrice à l'aller et au retour."""
    aller = nn.Linear(784, k, rng=np.random.default_rng(graine))
    return nn.Sequential(aller, nn.Linear.tied(aller), nn.Sigmoid())


net = code_lie(5)
lot, perte = x[:20], nn.MSELoss()
W = net.parameters()[0].value
perte(nn.Sequential(*net.modules[:2])(lot), lot)
g = perte.backward()
net.zero_grad()
nn.Sequential(*net.modules[:2]).backward(g)
ecart = np.abs(net.parameters()[0].grad - gradient_lie(lot, W, g)).max()
print("plus grand écart entre les deux gradients :", f"{ecart:.0e}")

# %% [markdown] id="lie-predire"
# ### Prédire
#
# Avec 32 nombres, la matrice partagée fera-t-elle mieux ou moins bien que les
# deux matrices libres ? Donnez le rapport de leurs erreurs, partagée sur
# libres.

# %% id="lie-pronostic"
pronostic("09.d", partagee_sur_libres=None)

# %% id="lie-apprendre"
lie = code_lie(32)
e_lie = apprendre(lie, lr=3e-3)[-1]
e_libre = courbes["code linéaire, sigmoïde"][-1]
for nom, net, e in (("libres", lineaire, e_libre), ("partagée", lie, e_lie)):
    poids = sum(p.value.size for p in net.parameters())
    print(f"{nom} : {poids} paramètres, erreur {decimal(e, 4)}")
comparer("09.d", partagee_sur_libres=e_lie / e_libre)

# %% [markdown] id="lie-commentaire"
# Deux fois moins de poids, et une erreur du même ordre. Partager est une
# **contrainte** : elle peut aider quand les données manquent, et coûter quand
# elles abondent, car la sigmoïde a rompu la symétrie entre l'aller et le
# retour, et deux matrices libres peuvent en profiter. Pour savoir de quel côté
# l'on est, il faudrait refaire la mesure avec plus, et avec moins d'images.

# %% [markdown] id="bruit-situation"
# ## 5. Débruiter
#
# ### Situation
#
# Un auto-encodeur assez large peut tricher : recopier. Une idée de 2008 le lui
# interdit [2] : abîmer l'entrée, et demander l'image **propre**. Pour ôter le
# bruit, il faut savoir à quoi ressemble un chiffre.
#
# ### Prédire
#
# Un bruit gaussien d'écart-type 0,4 sur des pixels de 0 à 1. On refait
# l'image avec un auto-encodeur ordinaire, celui de la section 2, puis avec un
# auto-encodeur entraîné à débruiter. Combien de fois l'erreur du second
# est-elle plus petite ?

# %% id="bruit-pronostic"
pronostic("09.e", ordinaire_sur_debruiteur=None)

# %% id="bruit-apprendre"
def abimer(images, sigma=0.4, graine=0):
    """Les images plus un bruit gaussien, ramenées entre 0 et 1."""
    bruit = np.random.default_rng(graine).normal(0, sigma, images.shape)
    return np.float32(np.clip(images + bruit, 0, 1))

# %% id="bruit-mesure"
sale, sale_test = abimer(x), abimer(x_test, graine=1)
debruiteur = auto_encodeur(32)
apprendre(debruiteur, entree=sale)
erreurs = {"rien": erreur(sale_test),
           "ordinaire": erreur(nn.predict(profond, sale_test)),
           "débruiteur": erreur(nn.predict(debruiteur, sale_test))}
for nom, e in erreurs.items():
    print(f"{nom} : {decimal(e, 4)}")
comparer("09.e", ordinaire_sur_debruiteur=erreurs["ordinaire"]
         / erreurs["débruiteur"])

# %% id="bruit-figure"
planche(sale_test[choix], nn.predict(profond, sale_test[choix]),
        nn.predict(debruiteur, sale_test[choix]), x_test[choix])

# %% [markdown] id="bruit-commentaire"
# *Figure :* de haut en bas, les images abîmées ; refaites par l'auto-encodeur
# ordinaire ; refaites par le débruiteur ; et les originaux. L'ordinaire n'a
# jamais vu de bruit, et le prend pour de l'encre. Le débruiteur rend des
# chiffres lisibles, parfois un autre que le vrai : il ne retrouve pas l'image,
# il en propose une qui conviendrait.

# %% [markdown] id="chemin-situation"
# ## 6. Marcher dans l'espace des codes
#
# ### Situation
#
# Un code de 32 nombres est un point. Entre le point d'un 3 et celui d'un 8,
# que trouve-t-on ?
#
# ### Prédire
#
# Deux chemins du 3 au 8 : la moyenne des **pixels**, peu à peu, et la moyenne
# des **codes**, décodée. À mi-chemin, lequel montre deux chiffres superposés ?
# Répondez `"pixels"`, `"codes"` ou `"les deux"`.

# %% id="chemin-pronostic"
pronostic("09.f", superposes=None)

# %% [markdown] id="chemin-coder"
# ### Coder
#
# Rendez n codes régulièrement espacés sur le segment de a à b, bouts compris :
# un tableau (n, k).

# %% id="chemin-fonction" exercise="09.3" points=1
def chemin(a, b, n):
    """n codes, de a (k,) à b (k,), bouts compris : (n, k)."""
    ### BEGIN SOLUTION
    s = np.linspace(0, 1, n)[:, None]
    return (1 - s) * a + s * b
    ### END SOLUTION

# %% id="chemin-verifier"
chemin = exercise("09.3").check(chemin)

# %% id="chemin-figure"
encodeur = nn.Sequential(*profond.modules[:3])
decodeur = nn.Sequential(*profond.modules[3:])
trois, huit = x_test[choix[3]], x_test[choix[8]]
a, b = encodeur(np.stack([trois, huit]))
comparer("09.f", superposes="pixels")
planche(np.float32(chemin(trois, huit, 10)),
        decodeur(np.float32(chemin(a, b, 10))))

# %% [markdown] id="chemin-commentaire"
# *Figure :* en haut, les pixels fondus l'un dans l'autre : à mi-chemin, les
# deux chiffres sont là, chacun à moitié pâle. En bas, les codes : un seul
# tracé à chaque pas, qui se déforme, et passe par des formes que personne n'a
# écrites.
#
# Rien n'a demandé que ce chemin soit sensé. Un auto-encodeur n'apprend ce
# qu'il fait que là où passent les données ; entre elles, il improvise.

# %% [markdown] id="carte-texte"
# L'auto-encodeur le plus étroit code chaque image par deux nombres : ses codes
# font une carte.

# %% id="chemin-carte"
etroit = reseaux[2]
deux = nn.Sequential(*etroit.modules[:3])(x_test)
FORMES = ("circle", "square", "triangle", "circle", "square", "triangle",
          "circle", "square", "triangle", "circle")
TEINTES = ("blue", "vermillion", "green", "purple", "orange", "sky", "ink",
           "grey", "blue", "vermillion")


def nuage(z, etiquettes):
    """Les points de chaque chiffre, et son nom au milieu d'eux."""
    points = [Points(*z[etiquettes == c].T, "", TEINTES[c], FORMES[c], 4)
              for c in range(10)]
    milieux = [np.median(z[etiquettes == c], axis=0) for c in range(10)]
    return points + [Mark(float(a), float(b), str(c), "ink")
                     for c, (a, b) in enumerate(milieux)]

# %% id="chemin-carte-figure"
bas, haut = np.percentile(deux, (0.5, 99.5), axis=0)
montrer(cadre("carte", ("premier nombre", "", (bas[0], haut[0])), (
    "second nombre", "", (bas[1], haut[1])), nuage(deux, y_test)),
    hauteur=420)

# %% [markdown] id="chemin-carte-commentaire"
# *Figure :* les codes des images du test, un signe par chiffre. Les 0 et les 1
# ont leur coin ; 4, 7 et 9 se mêlent. De grands vides séparent des régions
# serrées : personne n'a demandé à l'encodeur de remplir la place.

# %% [markdown] id="chemin-manipuler"
# ### Manipuler
#
# Promenez-vous sur cette carte, à la souris ou avec les flèches. **Entrée**
# pose une marque, d'où part un chemin ; **V** vous emmène là où aucune image
# n'a son code. **Un défi :** trouvez, entre deux régions, un endroit où le
# dessin n'est plus un chiffre.

# %% id="chemin-explorer"
explore_latent(nn.Sequential(*etroit.modules[:3]),
               nn.Sequential(*etroit.modules[3:]), x_test, y_test)

# %% [markdown] id="chemin-expliquer" exercise="09.4x" manual=true points=1
# ### Expliquer
#
# Peut-on tirer un code au hasard, n'importe où sur la carte, pour fabriquer un
# chiffre nouveau ? Dites ce qui l'empêche, et ce qu'il faudrait.
#
# ### BEGIN SOLUTION
# Rien n'a appris au décodeur ce qu'il doit dessiner dans les vides, ni à
# l'encodeur de ne pas en laisser. Il faudrait connaître la loi des codes, ou
# en imposer une pendant l'apprentissage : c'est ce que fera l'auto-encodeur
# variationnel du TD13.
# ### END SOLUTION

# %% [markdown] id="tsne-situation"
# ## 7. Une carte qui garde les voisins
#
# ### Situation
#
# Deux nombres suffisent mal à redessiner, mais suffisent-ils à **ranger** ?
# t-SNE [3] ne cherche pas à refaire les images. Il place les points sur un
# plan de sorte que les voisins restent voisins, et se moque du reste.
#
# ### Formaliser
#
# Chaque point i donne aux autres une probabilité $p_j$ d'être son voisin,
# gaussienne de la distance. La largeur de la gaussienne est réglée pour que le
# nombre **effectif** de voisins, la **perplexité**, soit celui que l'on veut :
#
# $$\text{perplexité} = 2^H, \qquad H = -\sum_j p_j \log_2 p_j$$
#
# ### Prédire
#
# Huit voisins également probables, et aucun autre : quelle perplexité ? Un
# voisin presque sûr, et sept presque impossibles ?

# %% id="tsne-pronostic"
pronostic("09.g", huit_egaux=None, un_presque_sur=None)

# %% [markdown] id="perplexite-coder"
# ### Coder
#
# `p` est un tableau de probabilités, de somme 1 ; certaines peuvent être
# nulles, et n'ajoutent alors rien à H.

# %% id="perplexite-fonction" exercise="09.4" points=1
def perplexite(p):
    """Le nombre effectif de voisins."""
    ### BEGIN SOLUTION
    q = p[p > 0]
    return 2 ** -np.sum(q * np.log2(q))
    ### END SOLUTION

# %% id="perplexite-verifier"
perplexite = exercise("09.4").check(perplexite)

# %% id="perplexite-mesure"
presque = np.array([0.993] + [0.001] * 7)
comparer("09.g", huit_egaux=float(perplexite(np.full(8, 1 / 8))),
         un_presque_sur=float(perplexite(presque)))

# %% [markdown] id="voisin-coder"
# Une carte est bonne si l'on peut s'y fier. Mesurons-la avec les étiquettes,
# que t-SNE n'a pas vues : pour chaque point, le plus proche **autre** point
# porte-t-il la même ?
#
# ### Coder
#
# Rendez la proportion de oui. `z` est (n, 2), `y` donne les n étiquettes.

# %% id="voisin-fonction" exercise="09.5" points=2
def precision_voisin(z, y):
    """La part des points dont le plus proche autre a la même étiquette."""
    ### BEGIN SOLUTION
    d = ((z[:, None] - z) ** 2).sum(axis=-1)
    np.fill_diagonal(d, np.inf)
    return np.mean(y[d.argmin(axis=1)] == y)
    ### END SOLUTION

# %% id="voisin-verifier"
precision_voisin = exercise("09.5").check(precision_voisin)

# %% [markdown] id="tsne-predire"
# ### Prédire
#
# Sur des chiffres, quel pourcentage de oui attendez-vous dans le plan de
# l'ACP, dans celui de t-SNE, et dans les 784 pixels ?

# %% id="tsne-pronostic-2"
pronostic("09.h", acp=None, tsne=None, pixels=None)

# %% id="tsne-calcul"
N = budget(flash=300, td=2000, complet=2000)
xs, ys = x[:N], y[:N]


def tsne(perplexite, graine=0):
    """La carte (N, 2) des N premières images."""
    carte = TSNE(perplexity=perplexite, random_state=graine)
    return carte.fit_transform(xs)


z_tsne, z_acp = tsne(30), (xs - m) @ V[:2].T
comparer("09.h", **{nom: 100 * float(precision_voisin(z, ys)) for nom, z in (
    ("acp", z_acp), ("tsne", z_tsne), ("pixels", xs @ V[:50].T))})

# %% id="tsne-figure"
def carte(nom, z, titre):
    """Le nuage dans son plan, sans graduations : elles ne disent rien."""
    bas, haut = z.min(axis=0), z.max(axis=0)
    return Panel(nom, Axis("", "", (bas[0], haut[0]), ()),
                 Axis("", "", (bas[1], haut[1]), ()), tuple(nuage(z, ys)),
                 title=titre)


montrer(carte("acp", z_acp, "ACP"), carte("tsne", z_tsne, "t-SNE"),
        hauteur=430)

# %% [markdown] id="tsne-commentaire"
# *Figure :* les mêmes chiffres sur deux plans, un signe par chiffre. L'ACP les
# étale et les mêle. t-SNE en fait des îles, dont presque chacune est un
# chiffre.
#
# Le pourcentage des pixels a été pris dans leurs 50 premières directions, qui
# gardent l'essentiel. La carte fait presque aussi bien avec deux nombres :
# c'est ce qu'elle cherche. Ne lui demandons rien d'autre.

# %% [markdown] id="piege-predire"
# ### Prédire
#
# Prenons maintenant une **seule** gaussienne, sans aucun groupe, dans 50
# dimensions. Que montrera t-SNE avec une perplexité de 3 : `"un disque"` ou
# `"des îles"` ?

# %% id="piege-pronostic"
pronostic("09.i", gaussienne_seule=None)

# %% id="piege-figure"
bruit = np.float32(np.random.default_rng(0).normal(size=(N, 50)))
panneaux = []
for p in (3, 30, min(100, N // 4)):
    z = TSNE(perplexity=p, random_state=0).fit_transform(bruit[:600])
    bas, haut = z.min(axis=0), z.max(axis=0)
    panneaux.append(Panel(
        f"p{p}", Axis("", "", (bas[0], haut[0]), ()),
        Axis("", "", (bas[1], haut[1]), ()),
        (Points(*z.T, "", "blue", "circle", 4),), title=f"perplexité {p}"))
comparer("09.i", gaussienne_seule="des îles")
montrer(*panneaux, hauteur=300)

# %% [markdown] id="piege-commentaire"
# *Figure :* le même bruit sans structure, à trois perplexités. À la plus
# petite, des grumeaux et des filaments apparaissent, autant de fausses îles ;
# à la plus grande, un disque régulier. Le bruit n'a pas changé.
#
# Trois règles de lecture [4]. **Une île peut être un artefact** : changez la
# perplexité et la graine. **La taille d'une île ne dit rien** : t-SNE dilate
# ce qui est serré. **La distance entre deux îles ne dit presque rien** : seuls
# les voisins comptent pour lui.

# %% [markdown] id="groupes-coder"
# ### Coder
#
# Peut-on retrouver les chiffres sans étiquettes, en formant dix groupes ? Les
# **k-moyennes** posent k centres, donnent chaque point au centre le plus
# proche, mettent chaque centre au milieu des siens, et recommencent. La
# **pureté** d'un partage est la part des points qui portent l'étiquette la
# plus fréquente de leur groupe.

# %% id="groupes-fonction" exercise="09.6" points=2
def purete(groupe, y):
    """La part des points qui ont l'étiquette majoritaire de leur groupe."""
    ### BEGIN SOLUTION
    justes = 0
    for g in np.unique(groupe):
        justes += np.bincount(y[groupe == g]).max()
    return justes / len(y)
    ### END SOLUTION

# %% id="groupes-verifier"
purete = exercise("09.6").check(purete)

# %% id="groupes-mesure"
codes = encodeur(xs)
for nom, z in (("pixels", xs), ("codes", codes), ("carte t-SNE", z_tsne)):
    for k in (10, 50):
        g = KMeans(k, n_init=4, random_state=0).fit_predict(z)
        print(f"{nom}, {k} groupes : pureté",
              f"{quantity(100 * purete(g, ys), '%')}, indice de Rand ajusté",
              decimal(adjusted_rand_score(ys, g), 2))

# %% [markdown] id="groupes-commentaire"
# Avec dix groupes dans les pixels, un peu plus d'une image sur deux porte
# l'étiquette la plus fréquente de son groupe ; un 4 et un 9 s'y ressemblent
# plus que deux 1 d'inclinaisons différentes. Les codes ne font guère mieux :
# l'encodeur a appris à redessiner, pas à classer.
#
# Avec cinquante groupes, la pureté monte partout. Elle monterait à 100 % avec
# un groupe par point : **une pureté sans le nombre de groupes ne veut rien
# dire**. L'indice de Rand ajusté [5] compte les paires de points que le
# partage et les étiquettes réunissent ou séparent d'accord ; il vaut 1 quand
# tout concorde, 0 en moyenne au hasard. Lui baisse quand on coupe trop.

# %% [markdown] id="reconnaitre-situation"
# ## 8. Reconnaître après reconstruction
#
# ### Situation
#
# On lit souvent : « l'auto-encodeur ôte le superflu, donc il aide à
# classer ». Mettons cette phrase à l'épreuve. Un réseau du TD08 apprend les
# chiffres, puis on lui montre des images **reconstruites**.
#
# ### Prédire
#
# Le réseau lit les originaux du test avec une certaine justesse. Sur leurs
# reconstructions par le goulot de 32, sera-t-elle `"meilleure"`, `"égale"` ou
# `"moins bonne"` ? Et si l'on réapprend sur des reconstructions ?

# %% id="reconnaitre-pronostic"
pronostic("09.j", montrees_apres=None, apprises_et_montrees=None)

# %% id="reconnaitre-classer"
def classeur(images, graine=0):
    """784-128-10, appris sur ces images et leurs étiquettes."""
    rng = np.random.default_rng(graine)
    net = nn.Sequential(nn.Linear(784, 128, rng=rng), nn.ReLU(),
                        nn.Linear(128, 10, rng=rng))
    nn.fit(net, (images, y), loss=nn.CrossEntropyLoss(), rng=rng,
           optimizer=nn.Adam(net.parameters(), 1e-3),
           epochs=budget(flash=4, td=8, complet=12), progress=False)
    return net


def pour_cent(net, images):
    """La justesse sur le test."""
    return 100 * nn.accuracy(net, images, y_test)

# %% id="reconnaitre-mesure"
GRAINES = range(budget(flash=1, td=3, complet=5))
originaux = [classeur(x, s) for s in GRAINES]
lignes = {"originaux": [pour_cent(c, x_test) for c in originaux]}
for k, net in reseaux.items():
    vu, vu_test = nn.predict(net, x), nn.predict(net, x_test)
    lignes[f"montrées, k = {k}"] = [pour_cent(c, vu_test) for c in originaux]
    lignes[f"apprises, k = {k}"] = [pour_cent(classeur(vu, s), vu_test)
                                    for s in GRAINES]
for nom, j in lignes.items():
    print(f"{nom} : {quantity(np.mean(j), '%')}",
          f"(de {decimal(min(j), 1)} à {decimal(max(j), 1)})")

# %% id="reconnaitre-comparer"
def verdict(nom):
    """Le mot, quand l'écart dépasse celui d'une graine à l'autre."""
    a, b = lignes["originaux"], lignes[nom]
    ecart = np.mean(b) - np.mean(a)
    marge = max(np.ptp(a), np.ptp(b), 0.3)
    return ("égale" if abs(ecart) <= marge else
            "meilleure" if ecart > 0 else "moins bonne")


comparer("09.j", montrees_apres=verdict("montrées, k = 32"),
         apprises_et_montrees=verdict("apprises, k = 32"))

# %% [markdown] id="reconnaitre-commentaire"
# Aucune ligne n'est au-dessus des originaux de plus que l'écart entre deux
# graines, et les goulots étroits perdent beaucoup. Ce n'est pas un défaut de
# réglage. Une reconstruction est une **fonction** de l'image : elle ne peut
# contenir aucune information de plus sur le chiffre. Réapprendre sur les
# reconstructions récupère une partie de ce que leur style avait coûté, jamais
# ce qui a disparu.
#
# La phrase du début n'est vraie que si ce qui est ôté **gênait** : du bruit,
# par exemple. Vérifiez-le avec le débruiteur, à côté de l'auto-encodeur
# ordinaire.

# %% id="reconnaitre-bruit"
refaites, nettes = (nn.predict(net, sale_test)
                    for net in (profond, debruiteur))
for nom, images in (("abîmées", sale_test),
                    ("refaites par l'ordinaire", refaites),
                    ("débruitées", nettes)):
    print(f"{nom} :", quantity(np.mean(
        [pour_cent(c, images) for c in originaux]), "%"))

# %% [markdown] id="reconnaitre-expliquer" exercise="09.2x" manual=true points=1
# ### Expliquer
#
# Le débruiteur aide le classeur bien plus que l'auto-encodeur ordinaire. Or ni
# l'un ni l'autre n'ajoute d'information. D'où vient la différence ?
#
# ### BEGIN SOLUTION
# Le classeur n'avait jamais vu de bruit : il ne savait pas s'en servir mal ou
# bien. Le débruiteur, lui, a appris sur des images abîmées ; il ramène
# l'entrée dans le domaine que le classeur connaît. Un classeur entraîné
# directement sur des images abîmées n'aurait pas besoin de lui.
# ### END SOLUTION

# %% [markdown] id="filtres-situation"
# ## 9. Un goulot d'images
#
# ### Situation
#
# Une couche dense ne sait pas que deux pixels se touchent ; des filtres 3 × 3,
# les mêmes partout, le savent (TD08, section 9). Construisons un
# auto-encodeur qui n'a que des filtres : 28 × 28 pixels, puis 14 × 14, puis un
# code de 7 × 7 = 49 nombres, et retour. Il a près de trois cents fois moins
# de paramètres que son rival dense de 49.
#
# ### Prédire
#
# On n'a que **cent** images pour apprendre. Rapportée à celle de l'ACP prise
# dans les mêmes cent images, combien vaudra l'erreur des deux auto-encodeurs
# sur des images jamais vues ?

# %% id="filtres-pronostic"
pronostic("09.l", dense_sur_acp=None, filtres_sur_acp=None)

# %% id="filtres-reseau"
def a_filtres(graine=0):
    """1 × 28 × 28 → 1 × 7 × 7 → 1 × 28 × 28, par des filtres 3 × 3."""
    rng, pli = np.random.default_rng(graine), nn.LeakyReLU

    def filtres(a, b, pas=1):
        return nn.Conv2d(a, b, 3, stride=pas, padding=1, rng=rng)
    return nn.Sequential(
        filtres(1, 8, 2), pli(), filtres(8, 16, 2), pli(), filtres(16, 1),
        nn.Upsample(2), filtres(1, 8), pli(),
        nn.Upsample(2), filtres(8, 1), nn.Sigmoid())


def refaire_filtres(net, images):
    """Les images refaites, de nouveau en lignes de 784."""
    return nn.predict(net, images.reshape(-1, 1, 28, 28)).reshape(-1, 784)

# %% [markdown] id="filtres-pas-texte"
# Les deux réseaux feront le même nombre de **pas**, ou presque, quel que soit
# le nombre d'images.

# %% id="filtres-appris"
PAS, LOT = budget(flash=70, td=600, complet=3000), 16


def apprendre_sur(net, images, lr):
    """PAS pas, par lots de 16, avec l'image elle-même pour cible."""
    lots = -(-len(images) // LOT)
    nn.fit(net, images, loss=nn.MSELoss(), batch_size=LOT, rng=0,
           optimizer=nn.Adam(net.parameters(), lr),
           epochs=max(1, PAS // lots))

# %% id="filtres-trois"
juges_sur = x_test[:budget(flash=200, td=500, complet=500)]


def trois_goulots(n):
    """Les deux réseaux, et les copies du test, appris sur n images."""
    peu, dense, filtres = x[:n], auto_encodeur(49), a_filtres()
    moy = peu.mean(axis=0)
    U = np.linalg.svd(peu - moy, full_matrices=False)[2][:49]
    apprendre_sur(dense, peu, 2e-3)
    apprendre_sur(filtres, peu.reshape(-1, 1, 28, 28), 1e-2)
    return dense, filtres, {
        "ACP": moy + (juges_sur - moy) @ U.T @ U,
        "dense": nn.predict(dense, juges_sur),
        "filtres": refaire_filtres(filtres, juges_sur)}

# %% id="filtres-apprendre"
NOMBRES = budget(flash=(100, 1000), td=(100, 1000, 10_000),
                 complet=(100, 1000, 10_000))
goulots = {n: trois_goulots(n) for n in NOMBRES}
par_nombre = {nom: [erreur(goulots[n][2][nom], juges_sur) for n in NOMBRES]
              for nom in ("ACP", "dense", "filtres")}

# %% id="filtres-mesure"
dense, filtres, copies = goulots[100]
for nom, net in (("dense", dense), ("filtres", filtres)):
    print(f"{nom} :", sum(p.value.size for p in net.parameters()),
          "paramètres")
vues = {"dense": nn.predict(dense, x[:100]),
        "filtres": refaire_filtres(filtres, x[:100])}
for nom, copie in vues.items():
    print(f"{nom}, cent images : erreur {decimal(erreur(copie, x[:100]), 4)}",
          "sur celles-ci,", decimal(par_nombre[nom][0], 4), "sur les autres")
acp_100 = par_nombre["ACP"][0]
comparer("09.l", dense_sur_acp=par_nombre["dense"][0] / acp_100,
         filtres_sur_acp=par_nombre["filtres"][0] / acp_100)

# %% id="filtres-images"
planche(juges_sur[:10], *(copies[nom][:10]
                          for nom in ("ACP", "dense", "filtres")))

# %% id="filtres-figure"
rangs = np.log10(NOMBRES)
traits = [Line(rangs, np.array(e), nom, *c, 2.4)
          for (nom, e), c in zip(par_nombre.items(), COULEURS, strict=False)]
haut = 1.1 * max(max(e) for e in par_nombre.values())
montrer(cadre("filtres", ("log₁₀ du nombre d'images", "",
        (rangs[0] - 0.1, rangs[-1] + 0.1)), ("erreur sur le test", "",
        (0, haut)), traits))

# %% [markdown] id="filtres-commentaire"
# *Première figure :* dix chiffres du test, et leurs copies quand on n'a appris
# que sur cent images : par l'ACP, par le réseau dense, par les filtres. Le
# dense a retenu ses cent images par cœur, et rend des chiffres à côté ; les
# filtres rendent les bons, épaissis.
#
# *Seconde figure :* l'erreur sur le test, selon le nombre d'images. À cent, en
# profil `td`, les filtres sont sous l'ACP, et le dense loin au-dessus. Plus
# les images abondent, plus le dense se rattrape ; à la fin il passe sous les
# filtres, et l'ACP, elle, est devant les deux : six cents pas sont peu.
#
# **Ce qu'un réseau sait d'avance lui tient lieu d'exemples.** Que deux pixels
# voisins vont ensemble, les filtres n'ont pas à l'apprendre. Quand les
# exemples abondent, ce savoir devient une contrainte.

# %% [markdown] id="percept-situation"
# ## 10. Une autre idée de la ressemblance
#
# Cette section reprend le `classeur` de la section 8.
#
# ### Situation
#
# Un trait décalé d'un pixel coûte cher en pixels, et presque rien à l'œil.
# Demandons donc à un réseau qui sait lire, le **guide**, ce qu'il voit : la
# copie doit allumer chez lui les mêmes unités que l'original [6].
#
# ### Formaliser
#
# $$L = \overline{(y - t)^2} + \lambda\,\overline{(\varphi(y) -
# \varphi(t))^2}, \qquad \varphi(a) = \max(0,\, a\,W + b)$$
#
# - t est l'original, y la copie, une image par ligne ; la barre est une
#   moyenne sur tous les nombres du tableau ;
# - W et b sont ceux du guide. Ils ne bougent plus : on ne cherche que
#   $\partial L/\partial y$.
#
# ### Coder
#
# Rendez $\partial L/\partial y$, de la forme de y.

# %% id="percept-fonction" exercise="09.7" points=2
def gradient_perceptuel(y, t, W, b, lam):
    """∂L/∂y, la perte comparant les pixels et les unités du guide."""
    ### BEGIN SOLUTION
    h = y @ W + b
    ecart = np.maximum(h, 0) - np.maximum(t @ W + b, 0)
    pixels = 2 * (y - t) / y.size
    return pixels + lam * (2 * ecart * (h > 0) / h.size) @ W.T
    ### END SOLUTION

# %% id="percept-verifier"
gradient_perceptuel = exercise("09.7").check(gradient_perceptuel)

# %% [markdown] id="percept-predire"
# Un **juge**, appris d'un autre tirage que le guide, lira les copies qu'un
# goulot de 8 nombres fait d'images jamais vues.
#
# Deux réglages : λ et le pas. Une règle, écrite **avant** de chercher : la
# plus grande justesse du juge, parmi les réglages dont l'erreur par pixel ne
# dépasse pas de plus de 5 % la plus petite obtenue sans guide. Et l'on choisit
# sur des images mises de côté, la **validation** ; le test ne servira qu'une
# fois. Le guide et le juge, eux, ont appris sur toutes les images, celles-là
# comprises : la validation flatte donc un peu le juge, pour tous les réglages
# de même.
#
# ### Prédire
#
# De combien de points la justesse du juge montera-t-elle sur le test ?

# %% id="percept-pronostic"
pronostic("09.m", points_gagnes=None)

# %% id="percept-guide"
guide, juge = classeur(x, graine=7), classeur(x, graine=8)
W_guide, b_guide = (p.value for p in guide.parameters()[:2])
LAMBDAS = budget(flash=(0, 0.3), td=(0, 0.003, 0.03, 0.3),
                 complet=(0, 0.003, 0.03, 0.3))

# %% id="percept-perte"
class Perceptuelle:
    """La perte à deux termes, avec votre gradient."""
    def __init__(self, lam):
        self.lam = lam
    def __call__(self, y, t):
        self.y, self.t = y, t
        vu = [np.maximum(a @ W_guide + b_guide, 0) for a in (y, t)]
        return float(np.mean((y - t) ** 2)
                     + self.lam * np.mean((vu[0] - vu[1]) ** 2))
    def backward(self):
        return np.float32(gradient_perceptuel(
            self.y, self.t, W_guide, b_guide, self.lam))

# %% id="percept-recherche"
n = 4 * len(x) // 5
essais = {}
for lr in (1e-3, 4e-3):
    for lam in LAMBDAS:
        net = auto_encodeur(8)
        nn.fit(net, x[:n], loss=Perceptuelle(lam), rng=0, progress=False,
               optimizer=nn.Adam(net.parameters(), lr),
               epochs=budget(flash=3, td=6, complet=10))
        vu = nn.predict(net, x[n:])
        essais[lr, lam] = (net, erreur(vu, x[n:]),
                           100 * nn.accuracy(juge, vu, y[n:]))
        print(f"lr = {short(lr)}, λ = {short(lam)} : erreur",
              f"{decimal(essais[lr, lam][1], 4)},",
              "justesse", quantity(essais[lr, lam][2], "%"))

# %% id="percept-choix"
sans = min((k for k in essais if k[1] == 0), key=lambda k: essais[k][1])
permis = [k for k in essais if essais[k][1] <= 1.05 * essais[sans][1]]
choisi = max(permis, key=lambda k: essais[k][2])
vus = {k: nn.predict(essais[k][0], x_test) for k in (sans, choisi)}
for nom, k in (("sans guide", sans), ("choisi", choisi)):
    print(f"{nom}, lr = {short(k[0])}, λ = {short(k[1])} : sur le test,",
          f"erreur {decimal(erreur(vus[k]), 4)},",
          "justesse", quantity(pour_cent(juge, vus[k]), "%"))
comparer("09.m", points_gagnes=pour_cent(juge, vus[choisi])
         - pour_cent(juge, vus[sans]))

# %% id="percept-figure"
fort = nn.predict(essais[sans[0], 0.3][0], x_test[choix])
planche(x_test[choix], vus[sans][choix], vus[choisi][choix], fort)

# %% [markdown] id="percept-commentaire"
# *Figure :* de haut en bas, les originaux ; le meilleur réglage sans guide ;
# le réglage choisi ; et λ = 0,3, que la règle écarte en profil `td`. Les
# copies se ressemblent : à l'œil, rien ne les départage sûrement. Le juge,
# lui, les départage.
#
# La table dit le marché. Plus λ est grand, mieux le juge lit ; jusqu'à un
# certain point l'erreur par pixel ne bouge presque pas, ensuite elle paie. Il
# n'y a pas de meilleur λ : il y a une règle, que l'on écrit avant, et que
# l'usage décide. Et ne concluez pas que les copies sont meilleures pour
# **vous** : le juge est un cousin du guide, appris sur les mêmes images.

# %% [markdown] id="tourner-situation"
# ## 11. Apprendre sans étiquettes, autrement
#
# ### Situation
#
# Tournez chaque image de 0, 1, 2 ou 3 quarts de tour, et demandez à un réseau
# de combien [7]. L'étiquette ne coûte rien : c'est vous qui avez tourné. On
# espère que, pour répondre, il devra comprendre les formes.
#
# ### Prédire
#
# Au hasard, la justesse est de 25 %. Un 0, un 1, un 8 retournés d'un demi-tour
# se ressemblent : si rien ne distinguait un demi-tour, elle ne dépasserait pas
# 50 % pour eux. Combien pour ces trois chiffres, et combien pour les sept
# autres ?

# %% id="tourner-pronostic"
pronostic("09.n", trois_symetriques=None, sept_autres=None)

# %% id="tourner-donnees"
def tourner(images, graine):
    """Les images tournées, et le nombre de quarts de tour de chacune."""
    quarts = np.random.default_rng(graine).integers(0, 4, len(images))
    pages = images.reshape(-1, 28, 28)
    tours = [np.rot90(page, k) for page, k in zip(pages, quarts, strict=True)]
    return np.float32(tours).reshape(-1, 784), quarts


x_tour, q_tour = tourner(x, 0)
t_test, q_test = tourner(x_test, 1)

# %% id="tourner-apprendre"
rng = np.random.default_rng(0)
boussole = nn.Sequential(nn.Linear(784, 256, rng=rng), nn.ReLU(),
                         nn.Linear(256, 4, rng=rng))
nn.fit(boussole, (x_tour, q_tour), loss=nn.CrossEntropyLoss(), rng=0,
       optimizer=nn.Adam(boussole.parameters(), 1e-3), epochs=8)
bon = nn.predict(boussole, t_test).argmax(axis=1) == q_test
trois = np.isin(y_test, (0, 1, 8))
comparer("09.n", trois_symetriques=100 * bon[trois].mean(),
         sept_autres=100 * bon[~trois].mean())

# %% id="tourner-figure"
moyens = np.stack([x_test[y_test == c].mean(axis=0) for c in range(10)])
planche(moyens, moyens[:, ::-1], np.abs(moyens - moyens[:, ::-1]))

# %% [markdown] id="tourner-commentaire"
# *Figure :* en haut, la moyenne de chaque chiffre du test ; au milieu, la même
# retournée d'un demi-tour ; en bas, leur écart. Celui du 0, du 1 et du 8 est
# plus pâle que les autres, mais il n'est pas noir : la main ne trace pas deux
# boucles égales, ni les deux bouts d'un trait de la même façon.
#
# C'est assez. Le réseau devine presque toujours, même là où la forme ne dit
# rien. Il n'a pas eu besoin de comprendre le chiffre : il lit la **main**. On
# appelle cela un raccourci.
#
# ### Vérifier
#
# Ce qu'il a appris sert-il à autre chose ? Donnons ses 256 unités cachées à un
# classeur linéaire, avec peu d'étiquettes, à côté des pixels, d'unités tirées
# au hasard, et de celles de l'auto-encodeur de la section 2.

# %% id="tourner-regards"
from sklearn.linear_model import LogisticRegression

au_hasard = nn.Sequential(nn.Linear(784, 256, rng=5), nn.ReLU())
REGARDS = {"pixels": lambda a: a, "unités au hasard": au_hasard,
           "rotation": nn.Sequential(*boussole.modules[:2]),
           "auto-encodeur": nn.Sequential(*profond.modules[:2])}


def lire_avec(regard, n, graine):
    """La justesse sur le test, avec n étiquettes tirées au hasard."""
    i = np.random.default_rng(graine).permutation(len(x))[:n]
    droite = LogisticRegression(max_iter=500).fit(regard(x[i]), y[i])
    return 100 * droite.score(regard(x_test), y_test)

# %% id="tourner-mesure"
TIRAGES = budget(flash=1, td=3, complet=5)
for n in (100, 1000):
    for nom, regard in REGARDS.items():
        j = [lire_avec(regard, n, s) for s in range(TIRAGES)]
        print(f"{n} étiquettes, {nom} : {quantity(np.mean(j), '%')}",
              f"(de {decimal(min(j), 1)} à {decimal(max(j), 1)})")

# %% [markdown] id="tourner-fin"
# Avec cent étiquettes, le tirage compte plus que le regard : les fourchettes
# se chevauchent, et les pixels font aussi bien que tout le reste. Avec mille,
# en profil `td`, la rotation et l'auto-encodeur prennent un ou deux points aux
# pixels. C'est un gain, et il est mince : une tâche trop facile n'oblige à
# rien. Les auteurs de l'idée l'ont jugée sur des photographies, où il faut
# reconnaître un chien pour savoir où est le haut.

# %% [markdown] id="bilan"
# ## Bilan
#
# - Un goulot apprend ce qui est commun aux images ; l'ACP est le meilleur des
#   goulots linéaires, et l'adversaire honnête de tous les autres.
# - On bat l'ACP avec une seule sigmoïde : comparez toujours avec le modèle le
#   plus simple qui partage l'avantage.
# - Ce qu'un réseau sait d'avance remplace des exemples ; ce qu'on lui demande
#   décide de ce qu'il apprend, raccourcis compris.
# - Une carte garde ce qu'on lui a demandé de garder ; une reconstruction ne
#   contient jamais plus que l'image.
#
# **La figure à savoir redessiner de mémoire :** les deux chemins du 3 au 8,
# par les pixels et par les codes.

# %% [markdown] id="musee-situation"
# ## Musée des erreurs : le débruiteur immobile
#
# Ce débruiteur a un code de 400 nombres, assez large pour ne rien perdre. Il
# converge, son erreur d'apprentissage est minuscule, et il ne débruite rien.
# Cherchez pourquoi, réparez, puis prouvez-le par une mesure.

# %% id="musee-piece"
def debruiteur_immobile(entree):
    """La pièce : 784 → 400 → 784, sur des images abîmées."""
    net = auto_encodeur(400, caches=0)
    h = nn.fit(net, entree, loss=nn.MSELoss(), rng=0,
               optimizer=nn.Adam(net.parameters(), 2e-3),
               epochs=EPOQUES, progress=False)
    print("erreur d'apprentissage :", decimal(h.loss[-1], 4))
    return net


immobile = debruiteur_immobile(sale)
rendu = nn.predict(immobile, sale_test)
print("écart à l'image abîmée :", decimal(erreur(rendu, sale_test), 4))
print("écart à l'image propre :", decimal(erreur(rendu), 4))

# %% id="musee-pronostic"
pronostic("09.k", erreur_apres_reparation=None)

# %% id="musee-reparation"
repare = immobile  # à remplacer par le vôtre
### BEGIN SOLUTION
repare = auto_encodeur(400, caches=0)
_ = apprendre(repare, entree=sale, cible=x)
### END SOLUTION

# %% [markdown] id="musee-expliquer" exercise="09.3x" manual=true points=1
# Expliquez ce qui était faux, et dites quel nombre aurait dû alerter.
#
# ### BEGIN SOLUTION
# `fit` reçoit l'image abîmée seule : elle sert d'entrée et de cible. Le réseau
# apprend à recopier le bruit. L'erreur d'apprentissage mesure la copie, pas le
# débruitage ; seul l'écart à l'image propre du test disait la vérité.
# ### END SOLUTION

# %% id="musee-preuve"
e = erreur(nn.predict(repare, sale_test))
comparer("09.k", erreur_apres_reparation=e)
print(f"avant : {decimal(erreur(rendu), 4)} ; après : {decimal(e, 4)}")
planche(sale_test[choix], rendu[choix], nn.predict(repare, sale_test[choix]))

# %% [markdown] id="musee-commentaire"
# *Figure :* de haut en bas, les images abîmées, ce qu'en fait la pièce, et ce
# qu'en fait la vôtre. Les deux premières rangées ont le même grain ; une fois
# la cible changée, le fond redevient noir.

# %% [markdown] id="loin"
# ## Pour aller plus loin
#
# - **Un goulot plus profond.** Doublez les filtres de la section 9, puis les
#   pas. Avec dix mille images, combien faut-il des uns et des autres pour passer
#   sous l'ACP ? Que coûte alors une époque, à côté d'une époque du réseau dense ?
# - **Fermer le raccourci.** Remplacez chaque image par sa moyenne avec son
#   demi-tour, puis reprenez la section 11. Que devient la justesse ? Et celle du
#   classeur linéaire ?

# %% [markdown] id="references"
# ## Références
#
# 1. K. Pearson, « On lines and planes of closest fit to systems of points in
#    space », *Philosophical Magazine* 2 (1901) 559-572.
# 2. P. Vincent, H. Larochelle, Y. Bengio et P.-A. Manzagol, « Extracting and
#    composing robust features with denoising autoencoders », *ICML* (2008)
#    1096-1103.
# 3. L. van der Maaten et G. Hinton, « Visualizing data using t-SNE », *Journal
#    of Machine Learning Research* 9 (2008) 2579-2605.
# 4. M. Wattenberg, F. Viégas et I. Johnson, « How to use t-SNE effectively »,
#    *Distill* (2016).
# 5. L. Hubert et P. Arabie, « Comparing partitions », *Journal of
#    Classification* 2 (1985) 193-218.
# 6. J. Johnson, A. Alahi et L. Fei-Fei, « Perceptual losses for real-time
# style
#    transfer and super-resolution », *ECCV* (2016).
# 7. S. Gidaris, P. Singh et N. Komodakis, « Unsupervised representation
#    learning by predicting image rotations », *ICLR* (2018).
