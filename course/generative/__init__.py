"""Models that draw: a law is learnt from images, then new images are drawn from it.

    rbm       energies, conditionals, the law; bits: what it reads; arrays: numpy or torch; gibbs: its walk
    contrast  contrastive divergence; halves: of a large machine, on two cores; kernels: its loops
    enumeration  everything exact; ais: log Z estimated; weights_file: its file
    dbn       machines one above the other; dnn: a classifier that starts from them

    vae       an encoder that writes a law of codes, a decoder that draws; layers: theirs
    gan       a generator and a judge; adversaries: their losses
    deep      what VAE and GAN share; training: batches and epochs; series: the history; tensors: the file of weights
    mixture   Gaussians on principal components: the old baseline
    measure   how far two sets of images are; features: what is compared of an image; gaussians: the formula
    rungs     distances between their floor and their ceiling
    coverage  which digits are drawn; neighbours: have images been learnt by heart?

Images are rows of [0, 1], (images, pixels). A file is read, and torch loaded, when one of its names is asked for.
"""

from course._lazy import lazily

__all__, __getattr__ = lazily(
    __name__,
    {
        "rbm": ("RBM", "Gradient"),
        "contrast": ("Learning",),
        "ais": ("Estimate",),
        "dbn": ("DBN",),
        "dnn": ("DNN",),
        "vae": ("VAE", "Elbo", "kl"),
        "gan": ("GAN",),
        "training": ("Training",),
        "diverged": ("Diverged",),
        "mixture": ("Mixture",),
        "gaussians": ("frechet", "moments"),
        "features": ("Features", "Described"),
        "measure": ("Distance", "distance", "floor", "ceiling", "by_size"),
        "rungs": ("ladder",),
        "coverage": ("Modes", "modes"),
        "neighbours": ("nearest",),
    },
)
