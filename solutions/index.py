# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] id="titre"
# # Du canal ionique au réseau entraîné
#
# Un cahier de travaux dirigés en neurosciences computationnelles. Chaque TD
# pose une question, vous laisse manipuler, puis vous fait écrire la réponse
# en Python. Vos fonctions sont vérifiées au fur et à mesure.

# %% [markdown] id="table"
# ## Les TD
#
# | TD | Question | Durée |
# | :-- | :-- | --: |
# | [TD00 — Prise en main](TD00_prise_en_main.ipynb) | Comment faire avancer une équation, et de combien se trompe-t-on ? | 2 h |
# | [TD01 — Hodgkin et Huxley](TD01_hodgkin_huxley.ipynb) | Comment naît un potentiel d'action ? | 2 h |
# | [TD02 — Le plan de phase](TD02_plan_de_phase.ipynb) | Pourquoi un neurone se met-il à battre ? | 2 h |
# | [TD03 — Intègre-et-tire](TD03_integre_et_tire.ipynb) | Que reste-t-il d'un neurone réduit à une règle ? | 2 h |
# | [TD04 — Taux de décharge](TD04_taux_de_decharge.ipynb) | Comment une population se souvient-elle ? | 2 h |
# | [TD05 — Synapses et petits réseaux](TD05_synapses.ipynb) | Que laisse une impulsion, et que font vingt neurones de leurs échos ? | 2 h |
# | [TD06 — Apprentissage hebbien](TD06_apprentissage_hebbien.ipynb) | Qu'apprend une synapse que personne ne corrige ? | 2 h |
# | [TD07 — Grands réseaux](TD07_grands_reseaux.ipynb) | Que coûte une impulsion, et que prouve une lésion ? | 2 h |
# | [TD08 — Réseaux maison](TD08_reseaux_maison.ipynb) | Comment un réseau apprend-il de ses erreurs ? | 2 h |
# | [TD09 — Auto-encodeurs](TD09_auto_encodeurs.ipynb) | Combien de nombres pour redessiner un chiffre ? | 2 h |
# | [TD10 — Rétropropagation dans un réseau à impulsions](TD10_retropropagation_impulsions.ipynb) | Comment descendre une pente qui n'existe pas ? | 2 h |
# | [TD11 — Machines de Boltzmann restreintes](TD11_rbm_dbn.ipynb) | Comment une machine apprend-elle à rêver ? | 2 h |
# | [TD12 — Pré-entraînement](TD12_preentrainement.ipynb) | À quoi sert de regarder avant d'apprendre ? | 2 h |
# | [TD13 — Modèles génératifs](TD13_modeles_generatifs.ipynb) | Qui dessine le mieux, et comment le sait-on ? | 2 h |
#
# Ouvrez un TD d'un clic sur son nom. Une cellule s'exécute avec
# **Maj + Entrée** ; le menu *Exécution* propose de les exécuter toutes.

# %% [markdown] id="avancement-titre"
# ## Votre avancement
#
# Exécutez la cellule suivante. Elle lit ce que vos vérifications ont
# enregistré dans ce dossier.

# %% id="avancement"
from course.workbook.summary import avancement

avancement()

# %% [markdown] id="savoir"
# ## Bon à savoir
#
# - **Rien ne bloque.** Après un exercice, le TD continue avec votre fonction
#   si elle est juste, avec celle du cours sinon, et il dit laquelle.
# - **Rien ne se perd.** Ce dossier est à vous. Une mise à jour du cours
#   n'écrase jamais un TD où vous avez écrit.
# - **Un indice** s'obtient avec `exercise("01.2").hint()`, la solution, après
#   un essai, avec `exercise("01.2").solution()`.
# - **Le noyau ne répond plus ?** Menu *Noyau*, puis *Redémarrer le noyau*.
# - **Le temps de calcul** se règle avant d'ouvrir le cours par la variable
#   `COURSE_PROFILE` : `flash` (quelques secondes), `td` (un portable, par
#   défaut) ou `complet`.
