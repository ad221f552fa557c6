"""Neural networks from scratch: numpy, the chain rule, and nothing else.

Read it in this order:

    module       what a module is: forward, backward, and parameters that hold a value and its gradient
    linear       x W + b, its two gradients; a layer that borrows the weights of another one
    activations  tanh, sigmoid, ReLU, softmax: the derivative of each on one line
    losses       one number to lower, and the gradient from which everything starts
    sequential   modules one after the other: the chain rule is a loop
    optimisers   gradient descent, with momentum, and Adam
    training     mini-batches, validation, early stopping
    convolution  an image unfolded into columns; pooling: images made smaller or larger; dropout
    initial      how large the first weights are; gradients: is a backward right?; storage: weights in a file

Shapes: the batch first, (sample, feature) or (image, channel, height, width).
A file is read when one of its names is asked for.
"""

from course._lazy import lazily

__all__, __getattr__ = lazily(
    __name__,
    {
        "module": ("Module", "Parameter"),
        "linear": ("Linear", "TiedLinear"),
        "activations": ("Tanh", "Sigmoid", "ReLU", "LeakyReLU", "Softmax", "LogSoftmax"),
        "losses": ("MSELoss", "CrossEntropyLoss", "BinaryCrossEntropy"),
        "sequential": ("Sequential",),
        "optimisers": ("SGD", "Adam"),
        "training": ("fit", "History"),
        "prediction": ("predict", "accuracy", "confusion"),
        "convolution": ("Conv2d",),
        "pooling": ("MaxPool2d", "Upsample", "Flatten"),
        "dropout": ("Dropout",),
        "gradients": ("gradient_check",),
        "storage": ("save", "load"),
    },
)
