# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] id="titre"
# # TD12 — Pré-entraînement
#
# En 2006, un réseau profond n'apprenait pas. Une idée l'a réveillé : laisser
# d'abord chaque couche regarder les images **sans étiquette**, puis corriger le
# tout. En 2012, une autre idée l'a remplacée. Vous allez refaire l'histoire, avec
# des intervalles de confiance.
#
# > **Objectifs.** À la fin, vous saurez :
# > - mesurer ce que la profondeur fait à un gradient ;
# > - transmettre les poids de machines de Boltzmann à un classifieur ;
# > - comparer deux réseaux honnêtement : mêmes tirages, même travail, un
# >   intervalle ;
# > - dire quand le pré-entraînement aide, de combien, et pourquoi on ne le fait
# >   plus ainsi ;
# > - reconnaître deux programmes où le test aide à choisir.
# >
# > **Prérequis.** Le TD08 (rétropropagation, validation) et le TD11 (machines de
# > Boltzmann restreintes).
# >
# > **Durée.** Deux heures. Si le temps presse, gardez la section 7 pour chez
# > vous.
# >
# > **Matériel repris.** MNIST, les réseaux du TD08, les machines du TD11.

# %% [markdown] id="simplifications"
# > **Ce que ce TD simplifie.**
# > - *Des chiffres, et rien d'autre.* Un gain mesuré sur MNIST ne se transporte
# >   pas tel quel sur des photographies.
# > - *Peu de réglages.* Chaque réseau aurait ses meilleurs réglages ; ils ont ici
# >   les mêmes, et c'est un choix.
# > - *Cinq tirages.* Assez pour un intervalle, trop peu pour trancher un écart
# >   d'un demi-point.

# %% [markdown] id="preparation-texte"
# Exécutez d'abord les quatre cellules suivantes. Les sections 1 à 4 se suivent.

# %% id="preparation"
# %matplotlib inline
import numpy as np
from scipy.special import stdtrit
from threadpoolctl import threadpool_limits

from course.data import load
from course.exercises import comparer, exercise, pronostic
from course.generative import DBN, DNN
from course.plot.french import decimal, quantity, short
from course.plot.mpl import draw
from course.plot.scene import Axis, Line, Mark, Panel, Points, Scene
from course.profile import budget, profile

# %% id="dessin"
COULEURS = (("vermillion", "dash", "square"), ("blue", "solid", "circle"),
            ("green", "dashdot", "diamond"))


def cadre(nom, x, y, choses, titre=""):
    """Un panneau ; x et y sont (mot, unité, (bas, haut))."""
    return Panel(nom, Axis(*x), Axis(*y), tuple(choses), title=titre)


def montrer(*panneaux, hauteur=340):
    """Les panneaux côte à côte."""
    n = len(panneaux)
    return draw(Scene(tuple((p,) for p in panneaux), widths=(1,) * n,
                      height=hauteur), 7 if n == 1 else 9.5)

# %% id="dessin-intervalles"
def series(x, moyennes, demis):
    """Une courbe par réseau, et son intervalle à chaque point."""
    choses = []
    for nom, (couleur, tiret, forme) in zip(moyennes, COULEURS, strict=False):
        m, d = np.array(moyennes[nom]), np.array(demis[nom])
        choses += [Line(x, m, nom, couleur, tiret),
                   Points(x, m, "", couleur, forme, size=6)]
        choses += [Line(np.array([a, a]), np.array([b - c, b + c]), "",
                        couleur, width=1.2)
                   for a, b, c in zip(x, m, d, strict=True)]
    return choses

# %% id="donnees"
threadpool_limits(1)  # de petits lots : un cœur suffit, et va plus vite
jeu = load("mnist", subset=budget(flash=(10_000, 1000), td=(10_000, 2000),
                                  complet=None))
x, y = jeu.x_train.reshape(-1, 784), jeu.y_train
x_test, y_test = jeu.x_test.reshape(-1, 784), jeu.y_test
LARGEUR = budget(flash=100, td=200, complet=500)
TIRAGES = budget(flash=3, td=5, complet=5)
print(f"Profil « {profile()} » : {len(x)} images, {len(x_test)} de test,",
      f"couches de {LARGEUR}, {TIRAGES} tirages par point")

# %% [markdown] id="profond-situation"
# ## 1. Ce que la profondeur fait à un gradient
#
# ### Situation
#
# Un réseau de sigmoïdes, avec une, trois ou six couches cachées. Au premier lot,
# avant tout apprentissage, quel message reçoit la couche la plus basse ?
#
# ### Formaliser
#
# $\delta = \partial L/\partial z$ est connu à une couche, où $z = h\,W + b$.
# Une couche plus bas, $h = \sigma(z')$ ; il faut $\partial L/\partial z'$.
#
# ### Coder

# %% id="profond-fonction" exercise="12.1" points=2
def descendre(delta, W, h):
    """∂L/∂z de la couche d'en dessous ; delta (n, k), W (d, k), h (n, d)."""
    ### BEGIN SOLUTION
    return (delta @ W.T) * h * (1 - h)
    ### END SOLUTION

# %% id="profond-verifier"
descendre = exercise("12.1").check(descendre)

# %% [markdown] id="profond-predire"
# ### Prédire
#
# Six couches cachées de sigmoïdes, poids de Glorot. De la plus haute à la plus
# basse, par combien la taille du gradient est-elle **divisée** ?

# %% id="profond-pronostic"
pronostic("12.a", divisee_par=None)

# %% id="profond-mesurer"
def deltas(dnn, x, y):
    """La taille de ∂L/∂z à chaque couche cachée, de bas en haut."""
    etats = [x, *(dnn.features(x, k) for k in range(1, len(dnn.sizes) - 1))]
    z = dnn.net(x)
    p = np.exp(z - z.max(axis=1, keepdims=True))
    delta = p / p.sum(axis=1, keepdims=True) - np.eye(10)[y]
    tailles = []
    for linear, h in zip(dnn.linears[::-1], etats[::-1], strict=True):
        if h is x:
            break
        delta = descendre(delta, linear.W.value, h)
        tailles.append(np.sqrt(np.mean(delta**2)))
    return np.array(tailles[::-1])

# %% id="profond-figure"
lot, bons = x[:200], y[:200]
profils = {n: deltas(DNN([784, *[LARGEUR] * n, 10]), lot, bons)
           for n in (1, 3, 6)}
comparer("12.a", divisee_par=profils[6][-1] / profils[6][0])
montrer(cadre("deltas", ("couche, de bas en haut", "", (0.5, 6.5)),
              ("log₁₀ de la taille du gradient", "", (-6, 0)),
              [chose for (n, t), (c, d, f) in zip(profils.items(), COULEURS,
                                                  strict=True)
               for chose in (Line(np.arange(1, n + 1), np.log10(t),
                                  f"{n} couche" + "s" * (n > 1), c, d),
                             Points(np.arange(1, n + 1), np.log10(t), "", c, f,
                                    size=6))]))

# %% [markdown] id="profond-commentaire"
# *Figure :* la taille du gradient, en logarithme, à chaque couche. Chaque étage
# le divise par quatre environ : la pente d'une sigmoïde vaut au plus 1/4, et les
# poids de Glorot gardent à peu près le reste. Avec six couches, la plus basse
# reçoit mille trois cents fois moins que la plus haute. Elle n'apprend presque
# pas, et les suivantes lisent du hasard.
#
# C'est le **gradient qui s'évanouit** [1]. Deux remèdes : changer d'activation,
# ou ne pas demander au gradient de faire tout le travail.

# %% [markdown] id="he-situation"
# ### Le remède d'aujourd'hui
#
# Une ReLU a une pente de 1 dès qu'elle est ouverte. Il reste à choisir des poids
# qui gardent la taille des signaux.
#
# ### Coder
#
# Une couche de n unités ReLU reçoit des $z$ de moyenne nulle et de variance v ;
# la suivante calcule $\sum_i w_i\,\max(0, z_i)$. Quel écart-type donner à des
# poids tirés au hasard, de moyenne nulle, pour que cette somme ait encore la
# variance v ?

# %% id="he-fonction" exercise="12.2" points=1
def ecart_relu(n, v):
    """L'écart-type des poids qui garde la variance v à travers n ReLU."""
    ### BEGIN SOLUTION
    return np.sqrt(2 / n)
    ### END SOLUTION

# %% id="he-verifier"
ecart_relu = exercise("12.2").check(ecart_relu)
voisin = DNN([784, LARGEUR, LARGEUR, 10], activation="relu")
print("écart-type des poids du cours :",
      decimal(voisin.linears[1].W.value.std(), 4), " le vôtre :",
      decimal(ecart_relu(LARGEUR, 1.0), 4))

# %% [markdown] id="he-commentaire"
# Ce sont les poids de He [2]. Ils datent de 2015. En 2006, on avait des
# sigmoïdes, et il fallait faire autrement.

# %% [markdown] id="pile-situation"
# ## 2. Une couche à la fois
#
# ### Situation
#
# Une première machine de Boltzmann apprend les images, sans étiquette. Ce
# qu'elle en fait, des probabilités entre 0 et 1, devient les « images » d'une
# deuxième machine. Et ainsi de suite [3].
#
# ### Coder
#
# `machines` est une liste de triplets (W, a, b) : poids, biais des unités
# visibles, biais des unités cachées. Rendez $P(h = 1)$ à l'étage demandé ; à
# l'étage 0, rendez v.

# %% id="pile-fonction" exercise="12.3" points=2
def monter(v, machines, etage):
    """P(h = 1) de la machine numéro `etage`, à partir de 1."""
    ### BEGIN SOLUTION
    for W, _, b in machines[:etage]:
        v = 1 / (1 + np.exp(-(v @ W + b)))
    return v
    ### END SOLUTION

# %% id="pile-verifier"
monter = exercise("12.3").check(monter)

# %% [markdown] id="pile-texte"
# ### Apprendre
#
# `draw=True` : un pixel gris est une probabilité, tirée au sort à chaque lot.

# %% id="pile-apprendre"
ETAGES = budget(flash=2, td=4, complet=9)
REGARDER = {"epochs": budget(flash=4, td=6, complet=15), "draw": True,
            "lr": 0.05, "momentum": 0.9, "weight_decay": 2e-4,
            "progress": False}
dbn = DBN([784, *[LARGEUR] * ETAGES])
histoires = dbn.fit(x, **REGARDER)
for k, h in enumerate(histoires, 1):
    print(f"machine {k} : erreur de reconstruction",
          f"{decimal(h.error[0], 3)} → {decimal(h.error[-1], 3)},",
          quantity(sum(h.seconds), "s"))
machines = [(r.W, r.a, r.b) for r in dbn.rbms]
ecart = np.abs(monter(x[:50], machines, 2) - dbn.up(x[:50], 2)).max()
print(f"votre `monter` et celui du cours : écart {ecart:.0e}")

# %% [markdown] id="pile-classifieur"
# Le classifieur prend les W et les b, ajoute une dernière couche au hasard, et
# apprend comme au TD08. Les biais visibles a ne servent plus. Un réseau
# **pré-entraîné** n'est donc qu'un réseau de sigmoïdes, parti d'ailleurs.

# %% id="pile-gradient"
pre = deltas(DNN.from_dbn(dbn), lot, bons)
hasard = deltas(DNN([784, *[LARGEUR] * ETAGES, 10]), lot, bons)
for k in range(ETAGES):
    print(f"couche {k + 1} : gradient {hasard[k]:.0e} au hasard,"
          f" {pre[k]:.0e} pré-entraîné")

# %% [markdown] id="pile-commentaire"
# Le gradient s'affaiblit moins vite d'une couche à l'autre, sans devenir fort.
# L'important est ailleurs : la première couche n'a plus à tout inventer. Elle
# voit déjà des traits.

# %% [markdown] id="budget-situation"
# ## 3. Comparer sans tricher
#
# ### Situation
#
# Étiqueter coûte cher. On garde toutes les images, et seulement n étiquettes.
# Deux précautions : autant d'exemples de chaque classe, et autant de **mises à
# jour** pour tout le monde, quel que soit n.
#
# ### Coder
#
# `ordre` est une permutation tirée au sort. Gardez, pour chaque classe, les
# premiers exemples rencontrés ; rendez leurs indices triés.

# %% id="budget-fonction" exercise="12.4" points=2
def choisir_etiquetes(y, n, ordre):
    """Les n indices gardés, triés, autant de chaque classe."""
    ### BEGIN SOLUTION
    classes = np.unique(y)
    garde = []
    for c in classes:
        garde.extend(ordre[y[ordre] == c][:n // len(classes)])
    return np.sort(garde)
    ### END SOLUTION

# %% id="budget-verifier"
choisir_etiquetes = exercise("12.4").check(choisir_etiquetes)

# %% [markdown] id="budget-epoques-situation"
# Une **époque** parcourt tous les exemples, par lots ; chaque lot fait une mise à
# jour, même le dernier, plus petit. Combien d'époques entières pour faire au
# moins tant de mises à jour ?

# %% id="budget-epoques" exercise="12.5" points=1
def epoques(n, lot, mises_a_jour):
    """Le nombre d'époques entières qui font au moins ces mises à jour."""
    ### BEGIN SOLUTION
    lots = int(np.ceil(n / lot))
    return int(np.ceil(mises_a_jour / lots))
    ### END SOLUTION

# %% id="budget-epoques-verifier"
epoques = exercise("12.5").check(epoques)

# %% [markdown] id="intervalle-situation"
# ### Une moyenne, et son intervalle
#
# Cinq tirages donnent cinq exactitudes. Leur moyenne serait un peu différente
# avec cinq autres. L'intervalle à 95 % est
# $\bar x \pm t\,\dfrac{s}{\sqrt n}$, où s est l'écart-type estimé (à n − 1) et
# t, le quantile de Student, vous est donné.

# %% id="intervalle-fonction" exercise="12.6" points=1
def intervalle(x, t):
    """(moyenne, demi-largeur) de l'intervalle à 95 %."""
    ### BEGIN SOLUTION
    erreur_type = np.std(x, ddof=1) / np.sqrt(len(x))
    return np.mean(x), t * erreur_type
    ### END SOLUTION

# %% id="intervalle-verifier"
intervalle = exercise("12.6").check(intervalle)

# %% [markdown] id="gain-situation"
# Mieux encore : si les deux réseaux ont appris sur les **mêmes** tirages, un
# tirage facile l'est pour les deux. On regarde leur différence, tirage par
# tirage.

# %% id="gain-fonction" exercise="12.7" points=1
def gain(avec, sans, t):
    """(gain moyen, demi-largeur) de avec − sans, mêmes tirages."""
    ### BEGIN SOLUTION
    return intervalle(avec - sans, t)
    ### END SOLUTION

# %% id="gain-verifier"
gain = exercise("12.7").check(gain)

# %% [markdown] id="etiquettes-situation"
# ## 4. Combien d'étiquettes ?
#
# Trois réseaux de deux couches cachées : sigmoïdes au hasard, sigmoïdes
# pré-entraînées, ReLU avec les poids de He. Les mêmes tirages, le même nombre de
# mises à jour.

# %% id="etiquettes-outils"
LOT, MISES = 50, budget(flash=250, td=600, complet=6000)
VITESSE = budget(flash=3e-3, td=1e-3, complet=1e-3)
T = float(stdtrit(TIRAGES - 1, 0.975))


def fabriques(etages=2, largeur=LARGEUR, source=dbn):
    """Trois façons de partir, par leur nom."""
    tailles = [784, *[largeur] * etages, 10]
    return {
        "au hasard": lambda g: DNN(tailles, seed=g),
        "pré-entraîné": lambda g: DNN.from_dbn(source, seed=g, depth=etages),
        "ReLU (He)": lambda g: DNN(tailles, activation="relu", seed=g)}

# %% id="etiquettes-mesurer"
def exactitudes(fabrique, n, optimizer="adam", gelees=0):
    """% juste au test, un nombre par tirage de n étiquettes."""
    trouvees = []
    for graine in range(TIRAGES):
        ordre = np.random.default_rng(graine).permutation(len(y))
        garde = choisir_etiquetes(y, n, ordre)
        dnn = fabrique(graine)
        lr = VITESSE if optimizer == "adam" else 0.1
        dnn.fit(x[garde], y[garde], epoques(n, LOT, MISES), batch_size=LOT,
                lr=lr, optimizer=optimizer, frozen=gelees, seed=graine,
                progress=False)
        trouvees.append(100 * dnn.accuracy(x_test, y_test))
    return np.array(trouvees)

# %% id="etiquettes-etude"
def etude(points, mesure):
    """{nom: [exactitudes par tirage, un tableau par point]}."""
    return {nom: [mesure(nom, p) for p in points] for nom in fabriques()}

# %% [markdown] id="etiquettes-predire"
# ### Prédire
#
# Avec 100 étiquettes, de combien de points le pré-entraînement dépasse-t-il le
# hasard ? Et avec le plus grand nombre d'étiquettes de ce profil ? Qui gagne
# alors, `"pré-entraîné"` ou `"ReLU"` ?

# %% id="etiquettes-pronostic"
pronostic("12.b", gain_100=None, gain_beaucoup=None, vainqueur=None)

# %% id="etiquettes-lancer"
NOMBRES = budget(flash=(100, 1000), td=(100, 1000, 5000),
                 complet=(100, 1000, 10_000, 54_000))
mesures = etude(NOMBRES, lambda nom, n: exactitudes(fabriques()[nom], n))
for k, n in enumerate(NOMBRES):
    avec, sans = mesures["pré-entraîné"][k], mesures["au hasard"][k]
    g, d = gain(avec, sans, T)
    r, e = gain(avec, mesures["ReLU (He)"][k], T)
    print(f"{n} étiquettes : {decimal(avec.mean())} contre",
          f"{decimal(sans.mean())} %, gain {decimal(g)} ± {decimal(d)} ;",
          f"sur la ReLU {decimal(r)} ± {decimal(e)}")

# %% id="etiquettes-comparer"
def moyennes_et_demis(mesures):
    """De quoi dessiner une étude."""
    paires = {nom: [intervalle(m, T) for m in liste]
              for nom, liste in mesures.items()}
    return ({nom: [p[0] for p in v] for nom, v in paires.items()},
            {nom: [p[1] for p in v] for nom, v in paires.items()})


gains = [gain(a, b, T)[0] for a, b in zip(
    mesures["pré-entraîné"], mesures["au hasard"], strict=True)]
devant = mesures["pré-entraîné"][-1].mean() > mesures["ReLU (He)"][-1].mean()
comparer("12.b", gain_100=gains[0], gain_beaucoup=gains[-1],
         vainqueur="pré-entraîné" if devant else "ReLU")

# %% id="etiquettes-figure"
montrer(cadre("etiquettes", ("log₁₀ du nombre d'étiquettes", "", (1.8, budget(
    flash=3.2, td=4, complet=5))), ("exactitude au test", "%", (65, 100)),
              series(np.log10(NOMBRES), *moyennes_et_demis(mesures))))

# %% [markdown] id="etiquettes-commentaire"
# *Figure :* l'exactitude selon le nombre d'étiquettes, avec son intervalle à
# 95 %. Au profil `td`, le pré-entraînement, en bleu, garde 2,5 points et plus sur
# les sigmoïdes au hasard, en tirets, jusqu'à 5000 étiquettes. La ReLU, en vert,
# part du hasard à 100 étiquettes, monte plus vite, et a dépassé le
# pré-entraînement d'un point à 5000 : sans avoir rien regardé d'avance. Au
# profil `flash`, les intervalles de trois tirages sont larges : à 100 étiquettes,
# le gain s'y perd.
#
# Comparez les deux façons de lire. L'intervalle de chaque courbe mêle la
# difficulté du tirage ; le gain apparié, imprimé plus haut, l'ôte. À 100
# étiquettes, les barres se chevauchent ; le gain, 3,1 ± 2,8, s'écarte pourtant de
# zéro.
#
# Une limite : 600 mises à jour, c'est six époques de 5000 exemples. Le réseau
# parti du hasard n'a pas fini d'apprendre. Voici la même étude sur MNIST entier,
# couches de 500, chacun jusqu'au bout ; cinq tirages, sauf à 60 000 :
#
# | étiquettes | au hasard | pré-entraîné | ReLU (He) | gain |
# |---:|---:|---:|---:|---:|
# | 100 | 76,6 % | 81,7 % | 77,6 % | 5,1 ± 0,9 |
# | 1000 | 88,8 % | 93,0 % | 90,9 % | 4,2 ± 0,6 |
# | 10 000 | 95,5 % | 97,3 % | 96,7 % | 1,8 ± 0,1 |
# | 60 000 | 98,3 % | 98,7 % | 98,6 % | 0,4 |
#
# L'avance fond quand les étiquettes abondent, et ce qu'il en reste, la ReLU l'a
# presque regagné. Plus on en sait par les étiquettes, moins il sert d'avoir
# regardé d'abord.

# %% [markdown] id="etiquettes-expliquer" exercise="12.7x" manual=true points=1
# **Expliquer.** Le réseau pré-entraîné a vu des milliers d'images que les autres
# n'ont pas vues. La comparaison est-elle injuste ? Que faudrait-il pour qu'elle
# ne le soit pas, et que prouverait-elle alors ?
#
# ### BEGIN SOLUTION
# Elle est juste si la question est « que faire d'images sans étiquettes ? » : c'est
# la situation ordinaire, et les autres n'en font rien. Elle serait injuste si l'on
# concluait que l'architecture est meilleure. Pour le savoir, on pré-entraînerait
# sur les seules images étiquetées : le gain qui reste viendrait du point de
# départ, et non des données en plus.
# ### END SOLUTION

# %% [markdown] id="profondeur-situation"
# ## 5. Combien de couches ?
#
# 1000 étiquettes ; la profondeur change. Deux couches sont déjà mesurées.
#
# ### Prédire
#
# Avec le plus de couches de ce profil, chaque réseau fait-il `"mieux"` ou `"moins
# bien"` qu'avec une seule ?

# %% id="profondeur-pronostic"
pronostic("12.c", au_hasard=None, pre_entraine=None)

# %% id="profondeur-lancer"
PROFONDEURS = budget(flash=(1, 2), td=(1, 2, 4), complet=(1, 2, 3, 5, 7, 9))
profonds = etude(PROFONDEURS, lambda nom, k: mesures[nom][1] if k == 2
                 else exactitudes(fabriques(etages=k)[nom], 1000))
for k, couches in enumerate(PROFONDEURS):
    print(f"{couches} couche(s) :", " ; ".join(
        f"{nom} {decimal(m[k].mean())} %" for nom, m in profonds.items()))
sens = {nom: "mieux" if m[-1].mean() > m[0].mean() else "moins bien"
        for nom, m in profonds.items()}
comparer("12.c", au_hasard=sens["au hasard"],
         pre_entraine=sens["pré-entraîné"])

# %% id="profondeur-figure"
montrer(cadre("profondeur", ("couches cachées", "", (0.5, ETAGES + 0.5)),
              ("exactitude au test", "%", (75, 100)),
              series(np.array(PROFONDEURS, float),
                     *moyennes_et_demis(profonds))))

# %% [markdown] id="profondeur-commentaire"
# *Figure :* l'exactitude selon la profondeur. Au profil `td`, les sigmoïdes au
# hasard ne gagnent rien avec deux couches, et perdent plus de trois points avec
# quatre : le gradient n'arrive plus en bas. Pré-entraînées, elles supportent la
# profondeur : près de deux points gagnés avec la deuxième couche, rien de plus
# ensuite. La ReLU aussi : son gradient passe.
#
# Supporter n'est pas profiter. Avec 1000 étiquettes, aucun des trois réseaux ne
# tire grand-chose d'une quatrième couche. Au profil `flash`, deux couches ne
# suffisent pas à voir la chute.

# %% [markdown] id="largeur-situation"
# ## 6. Combien de neurones ?
#
# 1000 étiquettes, deux couches ; la largeur change. Il faut pré-entraîner un
# réseau par largeur.

# %% id="largeur-lancer"
LARGEURS = budget(flash=(50, 100), td=(50, 100, 200), complet=(100, 300, 1000))
sources = {LARGEUR: dbn}
for n in LARGEURS:
    if n not in sources:
        sources[n] = DBN([784, n, n])
        sources[n].fit(x, **REGARDER)
larges = etude(LARGEURS, lambda nom, n: mesures[nom][1] if n == LARGEUR
               else exactitudes(fabriques(2, n, sources[n])[nom], 1000))
for k, n in enumerate(LARGEURS):
    g, d = gain(larges["pré-entraîné"][k], larges["au hasard"][k], T)
    print(f"{n} neurones : gain du pré-entraînement",
          f"{decimal(g)} ± {decimal(d)} points")

# %% id="largeur-figure"
montrer(cadre("largeur", ("neurones par couche", "", (0, 1.1 * LARGEURS[-1])),
              ("exactitude au test", "%", (75, 100)),
              series(np.array(LARGEURS, float), *moyennes_et_demis(larges))))

# %% [markdown] id="largeur-commentaire"
# *Figure :* l'exactitude selon la largeur. Avec 50 neurones, le pré-entraînement
# **nuit** : au profil `td`, il perd 4,3 ± 0,7 points. Avec 200, il en gagne 2,7.
# Une machine étroite doit choisir ce qu'elle garde des images, et elle choisit
# sans savoir qu'il s'agira de reconnaître des chiffres ; ce qui sert à redessiner
# n'est pas ce qui sert à distinguer. Avec de la place, elle garde les deux.
#
# Les réseaux au hasard se servent peu de neurones en plus : avec 1000 étiquettes,
# ce n'est pas la place qui leur manque.

# %% [markdown] id="optimiseur-situation"
# ## 7. Deux soupçons
#
# **Premier soupçon.** Le gain viendrait d'Adam. Avec une descente ordinaire
# (momentum 0,9), l'ordre change-t-il ?
#
# **Second soupçon.** Les couches pré-entraînées serviraient à peine. **Gelons**-les,
# et n'apprenons que la dernière, une régression logistique.
#
# ### Prédire
#
# Avec 1000 étiquettes, une régression sur les traits gelés fait-elle `"mieux"` ou
# `"moins bien"` qu'une régression sur les pixels ?

# %% id="optimiseur-pronostic"
pronostic("12.d", sur_les_traits=None)

# %% id="optimiseur-lancer"
for optimizer in ("sgd", "adam"):
    paire = [exactitudes(fabriques()[nom], 1000, optimizer)
             for nom in ("pré-entraîné", "au hasard")]
    g, d = gain(*paire, T)
    print(f"{optimizer} : {decimal(paire[0].mean())} contre",
          f"{decimal(paire[1].mean())} %, gain {decimal(g)} ± {decimal(d)}")
traits = exactitudes(fabriques()["pré-entraîné"], 1000, gelees=2)
pixels = exactitudes(lambda g: DNN([784, 10], seed=g), 1000)
g, d = gain(traits, pixels, T)
print(f"régression : {decimal(traits.mean())} % sur les traits,",
      f"{decimal(pixels.mean())} % sur les pixels, gain {decimal(g)} ±",
      decimal(d))
comparer("12.d", sur_les_traits="mieux" if g > 0 else "moins bien")

# %% [markdown] id="optimiseur-commentaire"
# Le gain survit au changement d'optimiseur. Et au profil `td`, les traits appris
# **sans aucune étiquette** valent mieux que les pixels, même lus par une simple
# régression : 2 points avec 200 traits, 3,3 avec les 500 de MNIST entier. C'est
# donc bien dans les poids que l'information est passée, et non dans une heureuse
# façon de descendre. Avec les 100 traits du profil `flash`, c'est l'inverse : 784
# pixels en disent davantage, et vous venez de voir pourquoi.

# %% [markdown] id="histoire"
# ### Pourquoi on ne le fait plus ainsi
#
# Les ReLU, les poids de He, la normalisation par lots et de grandes bases
# étiquetées ont rendu ce pré-entraînement-là inutile vers 2012 : la courbe verte
# le montre. Mais l'idée est revenue par la grande porte. Un modèle de langue est
# pré-entraîné à deviner le mot caché, **sans étiquette**, puis corrigé sur peu
# d'exemples. La leçon de la section 4 n'a pas vieilli : là où les étiquettes sont
# rares, regarder d'abord aide.

# %% [markdown] id="bilan"
# ## Bilan
#
# - Chaque couche de sigmoïdes divise le gradient par quatre au moins. Profondes,
#   elles n'apprennent plus par le bas.
# - Des machines empilées donnent un point de départ, appris sans étiquette. Il
#   aide quand les étiquettes manquent, et quand la machine a de la place.
# - Une comparaison a besoin de tirages communs, d'un travail égal et d'un
#   intervalle. Sans quoi elle ne dit rien.
#
# **La figure à savoir dessiner de mémoire :** trois courbes selon le nombre
# d'étiquettes, leurs barres, et l'endroit où la ReLU rejoint le
# pré-entraînement.

# %% [markdown] id="musee-situation"
# ## Musée des erreurs
#
# **Pièce n° 1. Qui choisit l'époque ?** « J'ai entraîné 40 époques, et je garde
# la meilleure sur le test : 93,5 %. » Voici les deux courbes de quarante époques
# d'un réseau qui, en vérité, n'apprend plus : son exactitude est 90 %, au hasard
# de l'échantillon près.

# %% id="musee-regarder"
suite = np.random.default_rng(4)
validations, tests = 90 + suite.normal(0, 1.0, (2, 500, 40))
print("meilleure époque du test, en moyenne :",
      quantity(tests.max(axis=1).mean(), "%"))

# %% [markdown] id="musee-trouver"
# **Expliquer :** d'où viennent ces deux points ? **Réparer :** rendez
# l'exactitude que l'on a le droit d'annoncer.

# %% id="musee-fonction" exercise="12.8" points=1
def exactitude_annoncee(validation, test):
    """Ce que l'on annonce ; deux tableaux, une exactitude par époque."""
    ### BEGIN SOLUTION
    return test[np.argmax(validation)]
    ### END SOLUTION

# %% id="musee-verifier"
exactitude_annoncee = exercise("12.8").check(exactitude_annoncee)
honnetes = [exactitude_annoncee(v, t)
            for v, t in zip(validations, tests, strict=True)]
print("époque choisie par la validation, en moyenne :",
      quantity(np.mean(honnetes), "%"))

# %% id="musee-figure"
bords = np.linspace(86, 95, 37)
histogrammes = [np.histogram(v, bords)[0]
                for v in (tests.max(axis=1), honnetes)]
milieux = (bords[1:] + bords[:-1]) / 2
montrer(cadre("annonces", ("exactitude annoncée", "%", (86, 95)),
              ("essais", "", (0, 130)), [
    Line(milieux, h, nom, c, d) for h, nom, (c, d, _) in zip(
        histogrammes, ("la pièce", "réparée"), COULEURS, strict=False)]
    + [Mark(x=90.0, text="la vérité")]))

# %% [markdown] id="musee-commentaire"
# *Figure :* ce que 500 chercheurs annonceraient. En tirets, ceux qui gardent le
# meilleur test : tous au-dessus de la vérité, de deux points en moyenne. En trait
# plein, ceux que la validation a guidés : autour d'elle. Le maximum de quarante
# hasards n'est pas un hasard. Et plus on essaie, plus il flatte.

# %% [markdown] id="musee-echelle-situation"
# **Pièce n° 2. Une échelle qui a vu le test.** « Je centre et je réduis chaque
# ensemble sur lui-même avant de le donner au réseau. » Le jour du test, une seule
# image arrive.

# %% id="musee-echelle-piece"
def reduire_du_musee(apprentissage, test):
    """La pièce : le test, centré et réduit par lui-même."""
    return (test - test.mean(axis=0)) / test.std(axis=0)


appris, venues = suite.normal(3, 2, (200, 2)), suite.normal(5, 2, (6, 2))
premiere = [reduire_du_musee(appris, venues[:n])[0] for n in (2, 4, 6)]
for n, v in zip((2, 4, 6), premiere, strict=True):
    print(f"la même image, parmi {n} :", " ; ".join(decimal(a, 2) for a in v))

# %% [markdown] id="musee-echelle-trouver"
# La même image reçoit trois valeurs différentes. **Trouver :** que deviendrait-elle
# seule ? **Réparer.**

# %% id="musee-echelle-fonction" exercise="12.9" points=1
def reduire(apprentissage, test):
    """Le test, à l'échelle de l'apprentissage ; une colonne par nombre."""
    ### BEGIN SOLUTION
    centre, echelle = apprentissage.mean(axis=0), apprentissage.std(axis=0)
    return (test - centre) / echelle
    ### END SOLUTION

# %% id="musee-echelle-verifier"
reduire = exercise("12.9").check(reduire)
print("réparée :", " ; ".join(
    decimal(a, 2) for a in reduire(appris, venues[:1])[0]))

# %% [markdown] id="musee-echelle-commentaire"
# Le centre et l'échelle **font partie du modèle** : on les apprend une fois, sur
# l'apprentissage, et on les garde. Ici, le test est vraiment décalé d'un
# écart-type ; la pièce l'aurait effacé, et le réseau n'aurait rien vu.

# %% [markdown] id="musee-expliquer" exercise="12.9x" manual=true points=1
# **Expliquer.** Dans chaque pièce, quelle information est passée du test vers le
# modèle ? Donnez un troisième exemple, pris dans ce que vous avez déjà fait.
#
# ### BEGIN SOLUTION
# Première pièce : le numéro de la meilleure époque. Seconde pièce : la moyenne et
# l'étendue du test. Un troisième : choisir la largeur du réseau, le pas ou le
# nombre de voisins en regardant l'exactitude au test ; ou pré-entraîner sur des
# images qui comprennent celles du test.
# ### END SOLUTION

# %% [markdown] id="loin"
# ## Pour aller plus loin
#
# - **Débruiter plutôt qu'échantillonner.** Remplacez les machines par des
#   auto-encodeurs du TD09, à qui l'on donne une image abîmée. Le gain est-il le
#   même ?
# - **Optimisation ou régularisation ?** Erhan et ses collègues [4] ont comparé la
#   perte d'**apprentissage** des deux départs. Faites-le : le réseau pré-entraîné
#   apprend-il mieux par cœur, ou moins bien ?
# - **Aujourd'hui.** Cherchez ce qu'un modèle de langue prédit pendant son
#   pré-entraînement, et combien d'exemples étiquetés servent ensuite.

# %% [markdown] id="references"
# ## Références
#
# 1. Y. Bengio, P. Simard et P. Frasconi, « Learning long-term dependencies with
#    gradient descent is difficult », *IEEE Trans. Neural Netw.* 5 (1994) 157-166 ;
#    X. Glorot et Y. Bengio, « Understanding the difficulty of training deep
#    feedforward neural networks », *AISTATS* (2010).
# 2. K. He, X. Zhang, S. Ren et J. Sun, « Delving deep into rectifiers », *ICCV*
#    (2015).
# 3. G. E. Hinton, S. Osindero et Y.-W. Teh, « A fast learning algorithm for deep
#    belief nets », *Neural Comput.* 18 (2006) 1527-1554.
# 4. D. Erhan et al., « Why does unsupervised pre-training help deep learning ? »,
#    *J. Mach. Learn. Res.* 11 (2010) 625-660.
