# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] id="titre"
# # TD13 — Modèles génératifs
#
# Cinq modèles ont vu les mêmes chiffres. On leur en demande d'autres, qui
# n'existent pas. Lequel dessine le mieux ? Vous allez écrire les pertes de deux
# d'entre eux, puis la distance qui les juge tous. Le classement vous surprendra
# peut-être ; dire pourquoi il est ce qu'il est sera le vrai travail.
#
# > **Objectifs.** À la fin, vous saurez :
# > - écrire la borne que monte un auto-encodeur variationnel, et tirer un code
# >   sans couper le gradient ;
# > - écrire les deux pertes d'un jeu entre un dessinateur et un juge ;
# > - mesurer l'écart entre deux ensembles d'images, avec son plancher, son
# >   plafond et son intervalle ;
# > - comparer cinq modèles à nombre de paramètres égal et à temps égal ;
# > - dire ce qu'un bon score ne prouve pas ;
# > - reconnaître trois programmes qui tournent, et qui sont faux.
# >
# > **Prérequis.** Le TD09 (auto-encodeurs) et le TD11 (machines de Boltzmann).
# >
# > **Durée.** Deux heures. Si le temps presse, gardez la section 8 pour chez
# > vous.
# >
# > **Matériel repris.** MNIST, et le LeNet du TD08, déjà entraîné.

# %% [markdown] id="simplifications"
# > **Ce que ce TD simplifie.**
# > - *Des images en noir et blanc.* Chaque pixel vaut 0 ou 1, chez les vraies
# >   images comme chez les fausses.
# > - *De petits modèles, peu de temps.* Le classement vaut pour ce budget-là.
# >   Avec cent fois plus, il serait autre.
# > - *Un seul apprentissage par modèle.* Les intervalles disent le hasard des
# >   images tirées, et non celui de l'apprentissage.

# %% [markdown] id="preparation-texte"
# Exécutez d'abord les six cellules suivantes. Les sections 1 à 7 se suivent.

# %% id="preparation"
# %matplotlib inline
import time

import numpy as np
import torch

from course.data import load
from course.exercises import comparer, exercise, pronostic
from course.generative import (DBN, GAN, RBM, VAE, Described, Features,
                               Learning, Mixture, Training, by_size, ceiling,
                               distance, floor, kl, ladder, modes, moments,
                               nearest)
from course.plot.french import decimal, quantity, short
from course.profile import budget, profile
from course.widgets import explore_gan, explore_latent

# %% id="dessin"
from course.plot.mpl import draw
from course.plot.scene import Axis, Image, Line, Mark, Panel, Points, Scene

COULEURS = (("blue", "solid", "circle"), ("vermillion", "dash", "square"),
            ("green", "dashdot", "diamond"))


def cadre(nom, x, y, choses, titre=""):
    """Un panneau ; x et y sont (mot, unité, (bas, haut))."""
    return Panel(nom, Axis(*x), Axis(*y), tuple(choses), title=titre)

# %% id="dessin-montrer"
def montrer(*panneaux, hauteur=320):
    """Les panneaux côte à côte."""
    n = len(panneaux)
    return draw(Scene(tuple((p,) for p in panneaux), widths=(1,) * n,
                      height=hauteur), 7 if n == 1 else 9.5)

# %% id="dessin-planche"
def planche(rangees):
    """Une rangée d'images par nom : {nom: (n, 784)}."""
    n = len(next(iter(rangees.values())))
    page = np.concatenate([
        np.hstack(np.pad(np.reshape(r, (-1, 28, 28)),
                         ((0, 0), (1, 1), (1, 1)), constant_values=0.5))
        for r in rangees.values()])
    cotes = (0.0, float(n)), (0.0, float(len(rangees)))
    debut = "De haut en bas : " if len(rangees) > 1 else ""
    panneau = Panel("images", *(Axis("", "", c, ()) for c in cotes),
                    (Image(page[::-1], *cotes, (0, 1)),),
                    title=debut + " ; ".join(rangees))
    return draw(Scene(((panneau,),), height=640 / n * len(rangees) + 60), 9.5)

# %% id="donnees"
jeu = load("mnist", subset=budget(flash=(3000, 1000), td=(10_000, 2000),
                                  complet=None))
binaire = (jeu.x_train.reshape(-1, 784) > 0.5).astype("float32")
n_juge = budget(flash=1000, td=2000, complet=10_000)
x, reference = binaire[:-n_juge], binaire[-n_juge:]
SECONDES = budget(flash=1, td=25, complet=600)
print(f"Profil « {profile()} » : {len(x)} images à apprendre,",
      f"{len(reference)} pour juger, {SECONDES} s par modèle")

# %% id="donnees-outils"
from threadpoolctl import threadpool_limits

threadpool_limits(1)
torch.set_num_threads(1)  # temps égal : un cœur pour chacun


def apprendre(lecon, secondes=SECONDES):
    """Des époques jusqu'à la fin du temps ; le pas baisse peu à peu."""
    debut, pas = time.perf_counter(), lecon.lr
    while (part := (time.perf_counter() - debut) / secondes) < 1:
        lecon.lr = pas * max(0.1, 1 - part)
        lecon.epoch()
    return lecon.history

# %% [markdown] id="melange-situation"
# ## 1. La plus vieille idée : un mélange
#
# ### Situation
#
# Une image est un point dans un espace de 784 dimensions. On garde les 50
# directions où les images varient le plus, et l'on y pose 120 lois de Gauss,
# chacune avec sa moyenne et sa covariance [1]. Pour dessiner : choisir une des
# lois, tirer un point, revenir aux pixels, couper à ½.
#
# Rien de profond, aucun gradient. C'est notre témoin.

# %% id="melange-apprendre"
debut = time.perf_counter()
melange = Mixture(120, dimension=50, seed=0).fit(x)
print(f"Mélange : {melange.size} paramètres, appris en",
      quantity(time.perf_counter() - debut, "s"))


def trancher(images):
    """Noir ou blanc : chaque pixel, coupé à ½."""
    return (images > 0.5).astype("float32")


dessins = {"mélange": trancher(melange.sample(n_juge, seed=1))}
planche({"vraies": reference[:16], "mélange": dessins["mélange"][:16]})

# %% [markdown] id="melange-commentaire"
# *Figure :* en haut de vraies images, en bas celles du mélange. On lit presque
# tous les chiffres ; plusieurs sont troués ou tachés, comme si deux écritures se
# superposaient. Environ 200 000 paramètres, quelques secondes : ce sera le budget
# de tous, avec un peu plus de temps pour les autres.

# %% [markdown] id="code-situation"
# ## 2. Un code qui a une loi : le VAE
#
# ### Situation
#
# L'auto-encodeur du TD09 range chaque image quelque part, là où cela l'arrange.
# Personne ne sait donc où piocher un code **neuf**. L'auto-encodeur variationnel
# [2] règle la question par contrat : pour chaque image, l'encodeur écrit une loi
# de Gauss $q = \mathcal N(\mu, \sigma^2)$, et l'on paie pour l'éloigner d'une loi
# connue, $p = \mathcal N(0, 1)$. On piochera dans p.
#
# ### Sur le papier
#
# Le prix est la divergence de Kullback et Leibler, la moyenne de
# $\ln q(z) - \ln p(z)$ quand z suit q. Pour un nombre du code,
# $\ln p(z) = -\tfrac12 z^2 - \tfrac12\ln 2\pi$. Écrivez $\ln q(z)$, puis les
# moyennes. Que vaut celle de $z^2$ ?
#
# <details><summary>Vérifier, après avoir essayé</summary>
#
# Deux valeurs pour contrôler votre formule : 0 quand μ = 0 et σ = 1 ; et 1/2
# quand μ = 1 et σ = 1.
#
# </details>
#
# ### Coder
#
# L'encodeur rend μ et $\ln\sigma^2$, qui peut prendre n'importe quel signe. Un
# code compte plusieurs nombres indépendants. Rendez une divergence par image.

# %% id="code-fonction" exercise="13.1" points=2
def divergence(mu, logvar):
    """KL(q ‖ p) de chaque image, en nats ; mu, logvar (image, code)."""
    ### BEGIN SOLUTION
    termes = np.exp(logvar) + mu**2 - 1 - logvar
    return 0.5 * termes.sum(axis=1)
    ### END SOLUTION

# %% id="code-verifier"
divergence = exercise("13.1").check(divergence)

# %% [markdown] id="tirage-situation"
# ### Tirer, sans couper le gradient
#
# Le décodeur reçoit un code **tiré** dans q. Mais un tirage n'a pas de pente :
# que deviendrait z si μ montait un peu ? L'astuce tient en une ligne : tirer
# d'abord ε dans $\mathcal N(0, 1)$, une loi qui ne dépend de rien, puis en faire
# un tirage de q. Alors z est une fonction de μ et de σ, que l'on dérive.
#
# ### Coder

# %% id="tirage-fonction" exercise="13.2" points=1
def tirer(mu, logvar, eps):
    """Un code de la loi q, à partir de eps ; trois tableaux de même forme."""
    ### BEGIN SOLUTION
    sigma = np.exp(logvar / 2)
    return mu + sigma * eps
    ### END SOLUTION

# %% id="tirage-verifier"
tirer = exercise("13.2").check(tirer)

# %% [markdown] id="borne-situation"
# ### La borne
#
# On voudrait monter $\ln p(x)$, que personne ne sait calculer. On monte ce qui
# est toujours en dessous, en moyenne, quand β = 1 :
#
# $$\text{ELBO} = \underbrace{\ln p(x \mid z)}_{\text{reconstruction}}
# - \beta\,\text{KL}(q \,\|\, p)$$
#
# Le décodeur donne à chaque pixel la probabilité p d'être blanc. Le pixel suit
# donc une loi de **Bernoulli** : quelle est la probabilité de ce qu'il a été ?
#
# ### Coder

# %% id="borne-fonction" exercise="13.3" points=2
def elbo(x, p, mu, logvar, beta):
    """La borne de chaque image ; x, p (image, pixel), mu, logvar."""
    ### BEGIN SOLUTION
    pixels = x * np.log(p) + (1 - x) * np.log(1 - p)
    return pixels.sum(axis=1) - beta * divergence(mu, logvar)
    ### END SOLUTION

# %% id="borne-verifier"
elbo = exercise("13.3").check(elbo)

# %% [markdown] id="borne-predire"
# ### Prédire
#
# Le VAE du cours a un code de 20 nombres, pour 784 pixels. Un nombre **sert** si
# sa divergence moyenne dépasse 0,1 nat. Combien serviront ?

# %% id="borne-pronostic"
pronostic("13.a", nombres_utiles=None)

# %% id="borne-apprendre"
vae = VAE(hidden=(122,), latent=20, seed=0)
histoire = apprendre(Training(vae, x, valid=reference))
vae.eval()
print(f"VAE : {vae.size} paramètres, {len(histoire)} époques,",
      f"reconstruction {decimal(histoire.reconstruction[-1])},",
      f"divergence {decimal(histoire.kl[-1])} nats")

# %% id="borne-comparer"
mu, logvar = vae.encode(reference)
hasard = np.random.default_rng(0)
z = tirer(mu, logvar, hasard.normal(size=mu.shape))
p = vae.decode(z).astype(float).clip(1e-6, 1 - 1e-6)
print("ELBO, par votre fonction :", decimal(
    elbo(reference, p, mu, logvar, 1.0).mean(), 2),
    " par le cours :", decimal(vae.elbo(reference, seed=1).total, 2))
chacun = np.array([kl(m[:, None], v[:, None]).mean()
                   for m, v in zip(mu.T, logvar.T, strict=True)])
print("divergence de chaque nombre :", " ; ".join(
    decimal(k, 2) for k in np.sort(chacun)[::-1]))
comparer("13.a", nombres_utiles=int((chacun > 0.1).sum()))

# %% id="borne-figure"
e = np.arange(1, len(histoire) + 1)
haut = 1.1 * max(np.max(histoire.valid), histoire.loss[0])
dessins["VAE"] = trancher(vae.sample(n_juge, seed=1))
montrer(cadre("elbo", ("époque", "", (0, len(e) + 1)),
              ("− ELBO", "nats", (80, haut)), [
    Line(e, histoire.loss, "apprentissage", "blue"),
    Line(e, histoire.valid, "images jamais vues", "vermillion", "dash")]),
        cadre("kl", ("époque", "", (0, len(e) + 1)),
              ("divergence", "nats", (0, 35)),
              [Line(e, histoire.kl, "", "green")]))

# %% id="borne-dessins"
planche({"vraies": reference[:16], "rendues par le VAE":
         trancher(vae.decode(mu[:16])), "tirées": dessins["VAE"][:16]})

# %% [markdown] id="borne-commentaire"
# *Figures :* à gauche, la perte tombe de plus de 300 nats à une centaine ; celle
# des images jamais vues s'arrête quelques nats plus haut. À droite, la divergence
# commence par baisser, puis remonte : l'encodeur n'achète du code que lorsque le
# décodeur sait s'en servir. Les vingt nombres finissent tous par servir ; la
# section 8 montrera comment en faire taire.
#
# Sur la planche, la deuxième rangée est presque parfaite : ce sont les codes de
# vraies images. La troisième, faite de codes tirés dans $\mathcal N(0, 1)$, n'est
# souvent que fragments : là où le décodeur hésite, la coupure à ½ efface tout.
# Même décodeur, pourtant. Gardez cet écart en tête jusqu'à la section 10.

# %% [markdown] id="jeu-situation"
# ## 3. Un dessinateur et un juge : le GAN
#
# ### Situation
#
# Le VAE doit dire la probabilité de chaque pixel. Et si l'on ne demandait qu'une
# chose : que les dessins passent pour vrais ? Un **générateur** transforme du
# bruit en image ; un **juge** rend pour chaque image un logit s, et croit qu'elle
# est vraie avec la probabilité $D = \sigma(s)$ [3].
#
# ### Formaliser
#
# Le juge descend son entropie croisée : la moyenne de $-\ln D$ sur les vraies
# images, **plus** la moyenne de $-\ln(1 - D)$ sur les fausses.
#
# Le générateur pourrait **descendre** $\ln(1 - D)$. Au début, le juge gagne
# toujours : $D \approx 0$. Quelle est alors la pente de $\ln(1 - D)$ en fonction
# de s ? Et celle de $-\ln D$ ? On choisit la seconde, dite non saturante.
#
# ### Coder
#
# Partez des logits, et gardez des nombres finis : un juge sûr de lui donne
# volontiers s = − 800.

# %% id="jeu-fonction" exercise="13.4" points=2
def pertes(vrais, faux):
    """(perte du juge, perte du générateur), depuis les logits."""
    ### BEGIN SOLUTION
    juge = np.logaddexp(0, -vrais).mean() + np.logaddexp(0, faux).mean()
    generateur = np.logaddexp(0, -faux).mean()
    return juge, generateur
    ### END SOLUTION

# %% id="jeu-verifier"
pertes = exercise("13.4").check(pertes)

# %% [markdown] id="jeu-predire"
# ### Prédire
#
# À la fin, quelle probabilité, en %, le juge donne-t-il en moyenne aux vraies
# images qu'il a vues ? Et aux fausses ? S'il ne savait rien, ce serait 50 et 50.

# %% id="jeu-pronostic"
pronostic("13.b", vraies=None, fausses=None)

# %% id="jeu-apprendre"
gan = GAN(noise=64, hidden=(107, 107), penalty="gradient", seed=0)
partie = apprendre(Training(gan, x, valid=reference))
gan.eval()
print(f"GAN : {gan.size} paramètres, dont {gan.generator_size} dessinent ;",
      f"{len(partie)} époques")
comparer("13.b", vraies=100 * partie.real[-1], fausses=100 * partie.fake[-1])
with torch.no_grad():
    logits = [gan.critic(torch.from_numpy(images))[:, 0].double().numpy()
              for images in (reference, gan.sample(n_juge, seed=2))]
print("vos pertes, sur des images neuves : juge {}, générateur {}".format(
    *(decimal(v, 2) for v in pertes(*logits))))

# %% id="jeu-figure"
e = np.arange(1, len(partie) + 1)
dessins["GAN"] = trancher(gan.sample(n_juge, seed=1))
montrer(cadre("pertes", ("époque", "", (0, len(e) + 1)), (
    "perte", "", (0, 3)), [
        Line(e, partie.judge, "juge", "blue"),
        Line(e, partie.generator, "générateur", "vermillion", "dash")]),
        cadre("croire", ("époque", "", (0, len(e) + 1)), (
            "probabilité d'être vraie", "", (0, 1)), [
                Line(e, partie.real, "vraies", "blue"),
                Line(e, partie.valid, "vraies, jamais vues", "green",
                     "dashdot"),
                Line(e, partie.fake, "fausses", "vermillion", "dash")]))

# %% id="jeu-dessins"
planche({"GAN": dessins["GAN"][:16], "GAN, autre tirage":
         dessins["GAN"][16:32]})

# %% [markdown] id="jeu-commentaire"
# *Figures :* à gauche, la perte du juge **monte** vers 2 ln 2 ≈ 1,39, celle
# d'un juge qui ne sait rien, et celle du générateur descend vers ln 2 ≈ 0,69.
# Rien ne dit là que les dessins s'améliorent : une perte de GAN mesure un
# rapport de forces, et non un progrès. À droite, le juge donne un peu plus aux
# vraies images qu'aux fausses, et autant à celles qu'il n'a jamais vues : il
# n'a rien appris par cœur.
#
# Sur la planche, les traits ont la bonne épaisseur et le bon mouvement. Beaucoup
# sont rompus ou ne sont d'aucun chiffre.

# %% [markdown] id="machine-situation"
# ## 4. Deux machines de Boltzmann
#
# Celles du TD11, sur des chiffres. La première a 254 unités cachées ; elle
# apprend par divergence contrastive **persistante** (PCD) : ses chaînes de Gibbs
# continuent d'un lot à l'autre [4]. La seconde est un réseau de croyances
# profond, deux machines l'une sur l'autre, qui se partagent le temps.
#
# Pour partir du bon pied, le biais de chaque pixel est celui qui donne, sans
# aucune unité cachée, sa fréquence.

# %% id="machine-outils"
def instruire(rbm, v, secondes):
    """PCD pendant ce temps ; v : des 0 et des 1, ou des probabilités."""
    moyenne = v.mean(axis=0).clip(0.01, 0.99)
    rbm.a[:] = np.log(moyenne / (1 - moyenne))
    return apprendre(Learning(rbm, v, lr=0.1, momentum=0.0, draw=True,
                              weight_decay=1e-3, persistent=True), secondes)


def taille(*rbms):
    """Le nombre de paramètres."""
    return sum(r.W.size + r.a.size + r.b.size for r in rbms)

# %% id="machine-apprendre"
rbm = RBM(784, 254, seed=0)
h = instruire(rbm, x, SECONDES)
print(f"RBM : {taille(rbm)} paramètres, {len(h)} époques")

# %% id="machine-apprendre-dbn"
dbn = DBN([784, 201, 201], seed=0)
basse, haute = dbn.rbms
h = instruire(basse, x, SECONDES / 2)
print(f"DBN : {taille(basse, haute)} paramètres,",
      f"{len(h)} époques pour la machine du bas,", end=" ")
h = instruire(haute, dbn.up(x, 1), SECONDES / 2)
print(f"{len(h)} pour celle du haut")

# %% id="machine-dessins"
PAS = budget(flash=20, td=300, complet=1000)
depart = hasard.random((n_juge, 784)) < x.mean(axis=0)
for nom, modele in (("RBM", rbm), ("DBN", dbn)):
    dessins[nom] = trancher(modele.sample(n_juge, PAS, start=depart, seed=1))
planche({"départ": depart[:16].astype(float), "RBM": dessins["RBM"][:16],
         "DBN": dessins["DBN"][:16]})

# %% [markdown] id="machine-commentaire"
# *Figure :* en haut, des pixels tirés chacun selon sa fréquence ; en dessous, ce
# que chaque machine en a fait, par la chaîne de Gibbs. Des chiffres entiers, d'un
# trait net : l'œil leur donnerait le premier prix. Notez pourtant ceux que vous
# voyez souvent, et ceux que vous ne voyez pas.

# %% [markdown] id="mesure-situation"
# ## 5. Mesurer
#
# ### Situation
#
# L'œil se trompe, et chacun a le sien. On décrit plutôt chaque image par 84
# nombres : ce qu'en voit la dernière couche cachée d'un LeNet qui sait lire. Un
# ensemble d'images devient un nuage de points ; on en garde la moyenne et la
# covariance. Reste à dire à quelle distance sont deux lois de Gauss.
#
# ### Formaliser
#
# La **distance de Fréchet** [5] est le plus petit trajet quadratique moyen qui
# transporte une loi sur l'autre :
#
# $$d^2 = \|m_1 - m_2\|^2 + \operatorname{tr} C_1 + \operatorname{tr} C_2
# - 2\operatorname{tr}\,(C_1 C_2)^{1/2}$$
#
# $(C_1 C_2)^{1/2}$ est une racine de **matrice**. Sa trace est la somme des
# racines des valeurs propres de $C_1 C_2$.
#
# ### Sur le papier
#
# En dimension 1, que devient la formule ? Reconnaissez deux carrés.
#
# ### Coder
#
# Rendez $d^2$, l'usage étant de l'appeler distance.

# %% id="mesure-fonction" exercise="13.5" points=2
def frechet_gauss(m1, C1, m2, C2):
    """La distance de Fréchet de deux lois de Gauss, au carré."""
    ### BEGIN SOLUTION
    valeurs = np.linalg.eigvals(C1 @ C2).real.clip(0)
    moyennes = np.sum((m1 - m2)**2)
    return moyennes + np.trace(C1 + C2) - 2 * np.sqrt(valeurs).sum()
    ### END SOLUTION

# %% id="mesure-verifier"
frechet_gauss = exercise("13.5").check(frechet_gauss)

# %% [markdown] id="mesure-predire"
# ### Prédire
#
# De **vraies** images contre d'autres vraies images, autant de chaque : quelle
# distance ? Et du bruit contre de vraies images ? Donnez deux ordres de grandeur.

# %% id="mesure-pronostic"
pronostic("13.c", plancher=None, plafond=None)

# %% id="mesure-mesurer"
juges = Described(reference)  # leurs 84 nombres, calculés une seule fois
bas, haut = floor(x, juges), ceiling(juges)
print("plancher,", bas)
print("plafond,", haut)
t = Features()(x[:n_juge])
vous = frechet_gauss(*moments("vraies", t), *moments("juges", juges.values))
print("votre fonction, sur d'autres vraies images :", decimal(vous, 2))
comparer("13.c", plancher=bas.value, plafond=haut.value)

# %% [markdown] id="mesure-pieges"
# Retenez l'échelle : d'un côté de vraies images, de l'autre du bruit. Une
# distance seule ne dit rien. Trois pièges encore, que l'on mesure.

# %% id="mesure-gris"
officiel = trancher(jeu.x_test.reshape(-1, 784))
gris = distance(melange.sample(n_juge, seed=1), juges)
grises = jeu.x_train[-n_juge:].reshape(-1, 784)
print("mélange, dessins laissés en gris :", short(round(gris.value, 1)))
print("les images de la référence elles-mêmes, en gris :",
      short(round(distance(grises, juges).value, 1)))
print("images d'apprentissage contre celles du test officiel :",
      short(round(floor(x, officiel).value, 1)))

# %% id="mesure-taille"
TAILLES = [n for n in (100, 200, 500, 1000, 2000) if n <= n_juge]
vraies = by_size(x[:n_juge], juges, TAILLES)
fausses = by_size(dessins["mélange"], juges, TAILLES)
montrer(cadre("taille", ("images mesurées", "", (0, 1.05 * n_juge)),
              ("distance", "", (0, 70)), [
    chose for suite, nom, (c, d, f) in zip(
        (vraies, fausses), ("vraies images", "mélange"), COULEURS,
        strict=False)
    for chose in (Line(TAILLES, [m for m, _ in suite.values()], nom, c, d),
                  Points(TAILLES, [m for m, _ in suite.values()], "", c, f,
                         size=6))]))

# %% [markdown] id="mesure-commentaire"
# **Premier piège, la préparation.** Laissés en gris, les dessins du mélange
# sont sept ou huit fois plus loin que coupés à ½. De vraies images en gris,
# elles, restent proches des mêmes coupées : ce n'est pas le gris qui éloigne,
# c'est le **flou**. Couper les deux côtés retire cet avantage aux vraies
# images. C'est un choix, et il se dit.
#
# **Deuxième piège, les juges.** Le test officiel n'a pas été écrit par les mêmes
# mains : sa première moitié, dont vient l'extrait du cours, est plus soignée. De
# vraies images en sont déjà plus loin. Nos juges sont donc des images
# d'apprentissage mises de côté.
#
# **Troisième piège, le nombre.** *Figure :* cent vraies images semblent à 40
# des autres ; deux mille, à 6. Une covariance de 84 nombres par 84, estimée sur
# trop peu d'images, est fausse dans toutes les directions, et chaque erreur
# éloigne. Cent vraies images feraient moins bien que deux mille dessins du
# mélange ! On ne compare qu'à nombre égal.

# %% [markdown] id="concours-situation"
# ## 6. Le concours
#
# Cinq modèles, environ 200 000 paramètres chacun, le même temps au plus, autant
# de dessins, la même coupure à ½, les mêmes juges. Un sixième concurrent
# s'invite : le **plagiaire**, qui rend au hasard des images d'apprentissage.
#
# ### Prédire
#
# Qui sera premier des cinq ? Qui sera dernier ? Répondez par `"mélange"`,
# `"VAE"`, `"GAN"`, `"RBM"` ou `"DBN"`.

# %% id="concours-pronostic"
pronostic("13.d", premier=None, dernier=None)

# %% id="concours-mesurer"
distances = {nom: distance(images, juges) for nom, images in dessins.items()}
rang = sorted(distances, key=lambda nom: distances[nom].value)
copies = x[hasard.choice(len(x), n_juge, replace=False)]
print(ladder({**distances, "plagiaire": distance(copies, juges)}, bas, haut))
comparer("13.d", premier=rang[0], dernier=rang[-1])

# %% id="concours-figure"
def barreau(k, nom, d, couleur="blue"):
    """Un point, son intervalle et son nom, sur l'échelle des distances."""
    a, b, c = (np.log10(max(v, 1)) for v in (d.low, d.value, d.high))
    return [Line([a, c], [k, k], "", couleur, width=3),
            Points([b], [k], "", couleur, size=8),
            Mark(x=0.5 * (a + c), y=k + 0.3, text=nom)]


lignes = [("plancher", bas), *((nom, distances[nom]) for nom in rang),
          ("plafond", haut)]
montrer(cadre("echelle", ("log₁₀ de la distance", "", (-0.1, 3.3)), (
    "", "", (-0.5, 7), ()), [chose for k, (nom, d) in enumerate(lignes)
                         for chose in barreau(k, nom, d)]), hauteur=380)

# %% id="concours-dessins"
planche({"vraies": reference[:16], **{n: dessins[n][32:48] for n in rang}})

# %% [markdown] id="concours-commentaire"
# *Figures :* l'échelle, en logarithme, avec les intervalles à 95 %. Le mélange
# est premier, à 13, trois fois le plancher et bien loin devant : le GAN vient
# vers 95, le VAE vers 120. Les machines de Boltzmann sont tantôt devant eux,
# tantôt derrière : leur place dépend du temps accordé, et change d'une exécution
# à l'autre. La première, non : tous les essais du cours l'ont donnée au mélange.
#
# Regardez la planche, rangée par rangée, dans l'ordre du classement. Est-ce
# l'ordre de votre œil ? Les machines ont des traits aussi nets que ceux du
# vainqueur. Ce n'est donc pas la netteté que la distance leur reproche.
#
# Quant au plagiaire, il est au plancher : sa distance est dans l'intervalle de
# celle des vraies images. Ce score-là récompense donc aussi de ne rien
# inventer.

# %% [markdown] id="manques-situation"
# ## 7. Ce que la distance ne dit pas
#
# ### Des chiffres oubliés
#
# Un modèle peut dessiner de beaux 1 et oublier les 8. Le LeNet **lit** chaque
# dessin ; un chiffre est couvert s'il reçoit au moins 2 % des dessins.
#
# ### Des dessins appris par cœur
#
# Pour chaque dessin, on cherche l'image d'apprentissage la plus proche. La
# mesure seule ne dit rien : on la compare à celle de **vraies** images neuves.
#
# ### Prédire
#
# Combien de chiffres le GAN couvre-t-il ? Et quel modèle dessine le plus **près**
# de ce qu'il a vu ?

# %% id="manques-pronostic"
pronostic("13.e", chiffres_gan=None, plus_pres=None)

# %% id="manques-modes"
lus = {"vraies": modes(reference),
       **{nom: modes(dessins[nom]) for nom in rang}}
for nom, m in lus.items():
    parts = " ".join(f"{100 * s:3.0f}" for s in m.shares)
    print(f"{nom:8} {m.covered:2} chiffres ; de 0 à 9, en % : {parts}")

# %% id="manques-proches"
montres = {"vraies": reference, **dessins}
ecarts = {nom: nearest(images[:500], x)[1] for nom, images in
          montres.items()}
for nom, d in ecarts.items():
    print(f"{nom:8} écart à la plus proche : médiane",
          f"{decimal(np.median(d), 3)}, le plus petit {decimal(d.min(), 3)}")
comparer("13.e", chiffres_gan=lus["GAN"].covered,
         plus_pres=min(dessins, key=lambda nom: np.median(ecarts[nom])))

# %% id="manques-figure"
suivis = {}
for nom in ("mélange", "GAN"):
    lignes, _ = nearest(dessins[nom][:16], x)
    suivis |= {nom: dessins[nom][:16], f"le plus proche ({nom})": x[lignes]}
planche(suivis)

# %% [markdown] id="manques-commentaire"
# Voilà ce que la distance reproche aux machines : elles dessinent très bien
# quelques chiffres, et en négligent ou en oublient d'autres. Lesquels ? Cela
# change d'une exécution à l'autre. Le VAE et le GAN couvrent tout, mais près
# d'un de leurs dessins sur trois se lit 3, contre un sur neuf chez les vrais.
# Seul le mélange donne à chacun à peu près sa part.
#
# Et par cœur ? De vraies images neuves sont à 0,23 de la plus proche image
# apprise. Le mélange et les machines sont à peine plus près, quand ils le sont :
# ils n'ont pas copié. Le VAE et le GAN sont plus **loin** : leurs fragments ne
# ressemblent à rien de connu. Le plagiaire serait à 0.
#
# *Figure :* sous chaque dessin, l'image apprise la plus proche. Celles du
# mélange sont de la même famille, et d'une autre main ; celles du GAN laissent
# deviner ce qu'un fragment aurait pu devenir.

# %% [markdown] id="beta-situation"
# ## 8. Régler le prix du code : β
#
# Avec β grand, le code coûte cher : l'encodeur en dit moins, le décodeur
# reconstruit moins bien. Avec β petit, les codes s'éloignent de
# $\mathcal N(0, 1)$, là même où l'on piochera.
#
# ### Prédire
#
# Parmi 0,1, 0,3, 1, 3 et 10, quel β donne les dessins les plus proches des
# vrais ? La meilleure reconstruction ?

# %% id="beta-pronostic"
pronostic("13.f", meilleur_dessin=None, meilleure_reconstruction=None)

# %% id="beta-outil"
def bilan(beta):
    """(reconstruction, divergence, distance, dessins) d'un VAE."""
    v = VAE(hidden=(122,), latent=20, beta=beta, seed=0)
    apprendre(Training(v, x), SECONDES / 3)
    b, images = v.elbo(reference, seed=0), trancher(v.sample(n_juge, seed=1))
    m, logv = v.encode(reference)
    utiles = sum(kl(m[:, [k]], logv[:, [k]]).mean() > 0.1 for k in range(20))
    loin = distance(images, juges).value
    print(f"β = {short(beta)} : reconstruction {decimal(b.reconstruction)},",
          f"divergence {decimal(b.kl)} nats par {utiles} nombres, distance",
          decimal(loin))
    return b.reconstruction, b.kl, loin, images[:16], v

# %% id="beta-mesurer"
BETAS = (0.1, 0.3, 1.0, 3.0, 10.0)
bilans = [bilan(beta) for beta in BETAS]
r, k, d = np.array([b[:3] for b in bilans]).T
comparer("13.f", meilleur_dessin=BETAS[d.argmin()],
         meilleure_reconstruction=BETAS[r.argmax()])

# %% id="beta-figure"
montrer(cadre("debit", ("divergence", "nats", (0, 1.1 * k.max())), (
    "reconstruction", "nats", (1.1 * r.min(), 0)), [
        Line(k, r, "", "blue"), Points(k, r, "", "blue", size=7),
        *(Mark(x=a, y=b + 8, text=short(c))
          for a, b, c in zip(k, r, BETAS, strict=True))],
              "Ce que dit le code"),
        cadre("distances", ("log₁₀ β", "", (-1.2, 1.2)), (
            "distance", "", (0, 1.1 * d.max())), [
                Line(np.log10(BETAS), d, "", "vermillion", "dash"),
                Points(np.log10(BETAS), d, "", "vermillion", "square")],
              "Ce que valent les dessins"))

# %% id="beta-dessins"
planche({f"β = {short(beta)}": b[3]
         for beta, b in zip(BETAS, bilans, strict=True)})

# %% [markdown] id="beta-commentaire"
# *Figures :* à gauche, chaque point est un VAE, son β à côté. Du plus grand β
# au plus petit, le code passe d'un ou deux nats à plus de soixante-dix, et la
# reconstruction gagne une centaine de nats. À droite, les dessins sont les
# meilleurs entre 1 et 3, et se gâtent des deux côtés. À 0,1, on reconstruit à
# merveille, avec des codes trop loin de là où l'on pioche. À 10, la plupart des
# nombres du code se sont tus : on pioche au bon endroit, mais il n'y a presque
# plus rien à y lire.
#
# La meilleure reconstruction et les meilleurs dessins ne sont pas au même β. La
# première ne suffit donc pas à choisir.

# %% [markdown] id="explorer-texte"
# ## 9. Regarder les deux adversaires
#
# Lancez l'apprentissage avec ▶. Avant de toucher un réglage, dites ce qui va se
# passer ; puis :
#
# - combien de lots avant que le LeNet lise cinq chiffres différents ? Et dix ?
# - portez le pas du juge à 5 fois celui du générateur, puis à 0,1 fois : qui
#   s'effondre, et la perte du générateur le dit-elle ?
# - recommencez avec le pas d'apprentissage le plus grand ;
# - changez ce qui retient le juge, et ramenez le curseur en arrière : les mêmes
#   codes donnent-ils toujours le même chiffre ?

# %% id="explorer"
explore_gan()

# %% [markdown] id="explorer-codes-texte"
# Et le plan des codes, d'un β à l'autre, pour les cinq VAE de la section 8. Des
# vingt nombres, l'explorateur montre les deux qui en disent le plus.
#
# - l'ellipse d'une image, à côté du cercle de $\mathcal N(0, 1)$ : laquelle
#   grandit avec β, et jusqu'où ?
# - marchez d'un chiffre à un autre, par les codes, puis par les pixels : sur quel
#   chemin y a-t-il, au milieu, un chiffre ?
# - à β = 10, que disent les barres de divergence ?

# %% id="explorer-codes"
explore_latent({beta: b[4] for beta, b in zip(BETAS, bilans, strict=True)},
               images=reference, labels=jeu.y_train[-n_juge:])

# %% [markdown] id="pourquoi"
# ## 10. Pourquoi le vieux mélange gagne
#
# Trois soupçons, trois mesures.
#
# **Premier soupçon : le juge est complice.** La distance compare des moyennes
# et des covariances ; le mélange en est fait. Une **seule** loi de Gauss
# devrait alors suffire.
#
# **Deuxième soupçon : les autres dessinent mal.** Donnons au décodeur du VAE
# d'autres codes que ceux de $\mathcal N(0, 1)$ : ceux de vraies images ; puis
# ceux d'un mélange de 50 lois de Gauss, posé cette fois sur les **codes** [6].
#
# **Troisième soupçon : la chaîne s'égare.** Faisons partir la RBM de vraies
# images.
#
# ### Prédire
#
# La distance d'une seule loi de Gauss ? Celle du VAE, si ses codes sont ceux de
# vraies images ?

# %% id="pourquoi-pronostic"
pronostic("13.g", une_loi=None, vae_codes_vrais=None)

# %% id="pourquoi-lois"
peu = {}
for n in (1, 10):
    m = Mixture(n, dimension=50, seed=0).fit(x)
    peu[n] = distance(trancher(m.sample(n_juge, seed=1)), juges).value
    print(f"{n} loi{'s' * (n > 1)} de Gauss, {m.size} paramètres :",
          short(round(peu[n], 1)))

# %% id="pourquoi-codes"
from sklearn.mixture import GaussianMixture

mu, logvar = vae.encode(x)
z = tirer(mu, logvar, hasard.normal(size=mu.shape))
lois = GaussianMixture(50, reg_covar=1e-4, random_state=0).fit(z)
pioches = {"de N(0, 1)": hasard.normal(size=(n_juge, 20)),
           "de vraies images": z[:n_juge],
           "du mélange de codes": hasard.permutation(
               lois.sample(n_juge)[0])}
refaits = {nom: trancher(vae.decode(c)) for nom, c in pioches.items()}
for nom, images in refaits.items():
    print(f"VAE, codes {nom} :", distance(images, juges))
comparer("13.g", une_loi=peu[1], vae_codes_vrais=distance(
    refaits["de vraies images"], juges).value)
planche({f"codes {nom}": images[:16] for nom, images in refaits.items()})

# %% id="pourquoi-chaine"
parties = trancher(rbm.sample(n_juge, PAS, start=x[:n_juge], seed=1))
print("RBM, partie de vraies images :", distance(parties, juges))
print(modes(parties))

# %% [markdown] id="pourquoi-commentaire"
# **Le juge n'est pas complice.** Une seule loi de Gauss est loin, derrière le
# VAE et le GAN. Dix suffisent à les devancer, avec quatre fois moins de
# paramètres qu'eux. Les chiffres forment des paquets ; dans chacun, les images
# varient presque en ligne droite. Un mélange dit exactement cela.
#
# **Le VAE dessine bien ; il pioche mal.** *Figure :* le même décodeur, trois
# sortes de codes, et trois mondes. Avec ceux de vraies images, il fait jeu égal
# avec le mélange. Ses codes sont de moyenne presque nulle et de variance proche
# de 1, comme le contrat l'exige ; mais ils forment des îlots, et entre les
# îlots, le décodeur n'a jamais rien appris. $\mathcal N(0, 1)$ y pioche sans
# cesse. Le même vieux mélange, posé sur les codes, répare presque tout en
# quelques secondes, pour 11 500 paramètres de plus.
#
# **La RBM se promène mal.** Partie de vraies images, elle est plus près, en
# partie parce qu'elle leur ressemble encore. Elle sait donc dessiner ce
# qu'elle oubliait ; mais, partie de pixels au hasard, sa chaîne tombe sur
# quelques chiffres, et n'en sort guère.
#
# Tous savent dessiner. Ce qui manque aux vaincus est de savoir **où tirer** ;
# et c'est cela, d'abord, que le mélange apprend. Il n'y perd rien ici : les
# images sont petites, centrées, de dix sortes. Mais chaque covariance grandit
# comme le carré des directions gardées : avec de grandes photographies, il n'y
# aurait plus la place.

# %% [markdown] id="pourquoi-expliquer" exercise="13.5x" manual=true points=2
# **Expliquer.** Le plagiaire est au plancher. Que prouve-t-il, et
# qu'ajouteriez-vous à la distance pour qu'il ne gagne plus ? Puis proposez une
# expérience qui pourrait faire perdre le mélange, et dites quel résultat vous
# ferait changer d'avis.
#
# ### BEGIN SOLUTION
# Il prouve que la distance ne voit pas la nouveauté : deux ensembles de mêmes
# moments sont à distance nulle, fussent-ils les mêmes images. Il faut y joindre
# l'écart à la plus proche image apprise, comparé à celui de vraies images
# neuves. Pour faire perdre le mélange : des images où la même forme peut être
# partout, plus grandes, plus diverses, ou un temps beaucoup plus long pour les
# réseaux. On change d'avis si, à budget égal, l'intervalle d'un réseau passe
# sous celui du mélange. Un simple décalage de trois pixels ne suffit pas.
# ### END SOLUTION

# %% [markdown] id="bilan"
# ## Bilan
#
# - Un VAE paie pour la loi de ses codes ; c'est ce qui permet d'en piocher de
#   neufs. Un GAN ne paie rien, et n'a de comptes à rendre qu'à son juge.
# - Une distance se lit entre son plancher et son plafond, avec son intervalle, à
#   nombre d'images égal, et les deux côtés préparés de la même façon.
# - Un bon score ne prouve ni la nouveauté, ni la variété : on les mesure à part.
# - Avant de croire à un modèle profond, on lui oppose le plus simple des témoins.
#
# **La figure à savoir dessiner de mémoire :** l'échelle de la section 6, du
# plancher au plafond, avec ses intervalles.

# %% [markdown] id="musee-tirage-situation"
# ## Musée des erreurs
#
# **Pièce n° 1. Un VAE qui ne tire jamais.** « En remplaçant le tirage par μ, mon
# VAE apprend bien plus vite, et sa reconstruction bat tous les records. »

# %% id="musee-tirage-piece"
class Immobile(VAE):
    """La pièce : elle décode μ, et ne tire rien."""

    def forward(self, x):
        mu, logvar = self.law(x)
        return self.decoder(mu), mu, logvar


piece, temoin = (sorte(hidden=(122,), latent=20, seed=0)
                 for sorte in (Immobile, VAE))
records = {nom: apprendre(Training(v, x), SECONDES / 3).reconstruction[-1]
           for nom, v in (("la pièce", piece), ("le témoin", temoin))}
for nom, record in records.items():
    print(f"{nom} annonce une reconstruction de", quantity(record, "nats"))

# %% id="musee-tirage-voir"
for nom, v in (("la pièce", piece), ("le témoin", temoin)):
    print(f"{nom} :", distance(trancher(v.sample(n_juge, seed=1)), juges))
planche({"la pièce": trancher(piece.sample(16, seed=1)),
         "le témoin": trancher(temoin.sample(16, seed=1))})

# %% [markdown] id="musee-tirage-trouver"
# *Figure :* en haut les dessins de la pièce, en bas ceux d'un VAE qui tire,
# appris le même temps. **Trouver :** la reconstruction annoncée suppose un code
# que personne ne tirera. **Réparer :** rendez celle que la borne demande, la
# **moyenne** de $\ln p(x \mid z)$ sur les codes que dessine chaque ligne d'eps.

# %% id="musee-tirage-fonction" exercise="13.6" points=2
def reconstruction(x, mu, logvar, eps, decodeur):
    """Un nombre par image ; eps (tirage, image, code), decodeur(z) → p."""
    ### BEGIN SOLUTION
    total = 0
    for e in eps:
        p = decodeur(tirer(mu, logvar, e))
        total = total + (x * np.log(p) + (1 - x) * np.log(1 - p)).sum(axis=1)
    return total / len(eps)
    ### END SOLUTION

# %% id="musee-tirage-verifier"
reconstruction = exercise("13.6").check(reconstruction)

# %% id="musee-tirage-prouver"
for nom, v in (("la pièce", piece), ("le témoin", temoin)):
    v.eval()
    m, s = (part.astype(float) for part in v.encode(reference))
    vraie = reconstruction(reference, m, s, hasard.normal(size=(5, *m.shape)),
                           lambda z, v=v: v.decode(z).astype(float)
                           .clip(1e-6, 1 - 1e-6)).mean()
    print(f"{nom} : annoncée {decimal(records[nom])}, vraie",
          quantity(vraie, "nats") + ", σ moyen",
          decimal(np.exp(s / 2).mean(), 2))

# %% [markdown] id="musee-tirage-commentaire"
# La pièce annonce mieux que le témoin, et vaut en vérité bien pire : elle
# décode μ, alors que son σ vaut 1, soit tout l'écart permis. Rien, dans ce
# qu'elle descend, ne relie σ à l'image : seule la divergence le règle, et elle
# préfère 1. Son ELBO n'est donc la borne de rien. Ni l'œil ni la distance ne
# l'avaient vu : leurs dessins se valent, et leurs intervalles se chevauchent.
# Les nats, eux, ne s'y trompent pas.

# %% [markdown] id="musee-covariance-situation"
# **Pièce n° 2. Une covariance couchée.** « J'ai donné mes 300 images et leurs 84
# caractéristiques à `np.cov`, puis à la distance. Aucune erreur : les formes
# s'accordent. » Ici, les mêmes images des deux côtés, dans un autre ordre.

# %% id="musee-covariance-piece"
def moments_du_musee(t):
    """La pièce ; t (images, caractéristiques)."""
    return t.mean(axis=0), np.cov(t)


t = juges.values[:300]
melees = t[hasard.permutation(300)]
(m1, C1), (m2, C2) = moments_du_musee(t), moments_du_musee(melees)
print(f"covariance de forme {C1.shape} : distance des mêmes images",
      decimal(frechet_gauss(m1, C1, m2, C2)))

# %% [markdown] id="musee-covariance-trouver"
# Une distance qui change quand on bat les cartes. **Trouver :** que veut dire la
# ligne 3, colonne 7 de cette covariance ? **Expliquer :** pourquoi deux ensembles
# de même taille n'ont-ils déclenché aucune erreur ? **Réparer.**

# %% id="musee-covariance-fonction" exercise="13.7" points=1
def moyenne_covariance(t):
    """(moyenne, covariance) ; t a une ligne par image."""
    ### BEGIN SOLUTION
    return t.mean(axis=0), np.cov(t, rowvar=False)
    ### END SOLUTION

# %% id="musee-covariance-verifier"
moyenne_covariance = exercise("13.7").check(moyenne_covariance)
(m1, C1), (m2, C2) = moyenne_covariance(t), moyenne_covariance(melees)
print(f"covariance de forme {C1.shape} : distance des mêmes images",
      decimal(abs(frechet_gauss(m1, C1, m2, C2)), 6))

# %% [markdown] id="musee-covariance-commentaire"
# Réparée, la distance des mêmes images est nulle, dans n'importe quel ordre. La
# pièce comparait « à quel point l'image 3 et l'image 7 se ressemblent » d'un
# paquet à l'autre, ce qui n'a pas de sens dès que l'on bat les cartes. Deux
# paquets de même taille s'accordent en tout, même faux : la forme d'un tableau
# ne protège que si elle est vérifiée contre ce que l'on **attend**. `distance`
# refuse, elle, moins d'images que de caractéristiques.

# %% [markdown] id="musee-mode-situation"
# **Pièce n° 3. Noté pendant qu'il apprend.** Chaque couche du générateur centre
# et réduit ses sorties. Pendant l'apprentissage, avec la moyenne et la variance
# **du lot** ; ensuite, avec celles qu'elle a retenues. La pièce a oublié de
# prévenir le réseau que l'apprentissage était fini.

# %% id="musee-mode-piece"
from copy import deepcopy

eleve = deepcopy(gan).train()
codes = torch.from_numpy(hasard.normal(size=(n_juge, 64)).astype("float32"))
with torch.no_grad():
    compagnies = [eleve(torch.cat([codes[:1], codes[k:k + 3]]))[0].numpy()
                  for k in range(1, 46, 3)]
    lots = torch.cat([eleve(lot) for lot in codes.split(4)]).numpy()
    justes = torch.cat([gan(lot) for lot in codes.split(4)]).numpy()
for nom, images in (("la pièce, par lots de 4", lots), ("prévenu", justes)):
    print(f"{nom} :", distance(trancher(images), juges))

# %% id="musee-mode-voir"
planche({"Un même code, en quinze compagnies": np.array(compagnies)})

# %% [markdown] id="musee-mode-trouver"
# *Figure :* quinze fois le même code, chaque fois avec trois autres. Quinze dessins.
# **Trouver :** de quoi dépend chacun ? **Expliquer :** que donnerait un lot d'une
# seule image ? **Réparer :** écrivez ce que la couche doit répondre, avec la moyenne
# et la variance retenues, et les γ et β appris :
# $y = \gamma\,\dfrac{x - \text{moyenne}}{\sqrt{\text{variance} + \varepsilon}}
# + \beta$.

# %% id="musee-mode-fonction" exercise="13.8" points=1
def normaliser(x, moyenne, variance, gamma, beta, eps):
    """La réponse de la couche ; x (image, trait), le reste par trait."""
    ### BEGIN SOLUTION
    reduite = (x - moyenne) / np.sqrt(variance + eps)
    return gamma * reduite + beta
    ### END SOLUTION

# %% id="musee-mode-verifier"
normaliser = exercise("13.8").check(normaliser)

# %% id="musee-mode-prouver"
entree, couche = gan.drawer[:2]  # une somme pondérée, puis la normalisation
with torch.no_grad():
    avant = entree(codes[:8])
    apres = couche(avant).numpy()
    retenus = [v.numpy() for v in (couche.running_mean, couche.running_var,
                                   couche.weight, couche.bias)]
ecart = np.abs(normaliser(avant.numpy(), *retenus, couche.eps) - apres).max()
print(f"votre couche et celle du GAN : écart maximal {ecart:.0e}")
bouge = (eleve.drawer[1].running_mean - couche.running_mean).abs().max()
print("la pièce, à force d'être regardée : moyenne retenue déplacée de",
      decimal(float(bouge), 2))

# %% [markdown] id="musee-mode-commentaire"
# Un dessin ne doit dépendre que de son code. La pièce le fait dépendre de ses
# voisins de lot : la distance en souffre, et plus le lot est petit, plus elle
# souffre. Pire, elle **apprend** en étant regardée : chaque lot déplace la
# moyenne qu'elle retient. `sample` et `fit` du cours rendent le réseau dans
# l'état qui répond ; avec vos propres réseaux, c'est à vous d'écrire
# `reseau.eval()`.

# %% [markdown] id="musee-expliquer" exercise="13.8x" manual=true points=1
# **Expliquer.** Les trois pièces tournaient. Pour chacune, quel essai de deux
# lignes l'aurait démasquée ?
#
# ### BEGIN SOLUTION
# Le VAE : reconstruire deux fois la même image ; s'il tire, les deux résultats
# diffèrent. La covariance : la distance d'un ensemble à lui-même, mélangé, doit
# être nulle ; ou bien regarder sa forme. Le réseau noté : dessiner le même code
# seul et en compagnie ; les deux images doivent être les mêmes.
# ### END SOLUTION

# %% [markdown] id="loin"
# ## Pour aller plus loin
#
# - **Faire perdre le mélange.** Décalées au hasard de trois pixels au plus, les
#   images ne lui suffisent pas pour perdre : 18, contre 80 pour le VAE et 78 pour le
#   GAN (mesures du cours, une graine). Huit pixels ? Les vêtements de Fashion-MNIST ?
# - **Un autre juge.** Les 84 nombres viennent d'un réseau appris sur les mêmes
#   chiffres. `distance(..., features=...)` accepte votre propre fonction : les
#   pixels eux-mêmes, une composante principale. Qui gagne alors ?
# - **La vraisemblance.** `vae.log_likelihood(x, 100)` l'estime par poids
#   d'importance ; `rbm.ais()` aussi, à sa façon. Le meilleur des deux est-il celui
#   qui dessine le mieux ?
# - **Des convolutions.** `VAE(kind="conv")` : à temps égal, y gagne-t-on ?

# %% [markdown] id="references"
# ## Références
#
# 1. E. Richardson et Y. Weiss, « On GANs and GMMs », *NeurIPS* (2018).
# 2. D. P. Kingma et M. Welling, « Auto-encoding variational Bayes », *ICLR*
#    (2014) ; pour β, I. Higgins et al., « beta-VAE », *ICLR* (2017).
# 3. I. Goodfellow et al., « Generative adversarial nets », *NeurIPS* (2014) ; pour
#    ce qui retient le juge ici, L. Mescheder, A. Geiger et S. Nowozin, « Which
#    training methods for GANs do actually converge ? », *ICML* (2018).
# 4. T. Tieleman, « Training restricted Boltzmann machines using approximations to
#    the likelihood gradient », *ICML* (2008).
# 5. D. C. Dowson et B. V. Landau, « The Fréchet distance between multivariate
#    normal distributions », *J. Multivar. Anal.* 12 (1982) 450-455 ; entre images,
#    M. Heusel et al., « GANs trained by a two time-scale update rule converge to a
#    local Nash equilibrium », *NeurIPS* (2017).
# 6. P. Ghosh et al., « From variational to deterministic autoencoders », *ICLR*
#    (2020) : une loi ajustée après coup sur les codes.
