"""The FID Inception network in PyTorch: torchvision's, with the differences of the 2015-12-05 graph put in."""

import torch
import torch.nn.functional as F
import torchvision
from torchvision.models import inception as blocks

from seeded import random_tensor


def average_pool(x):
    return F.avg_pool2d(x, 3, 1, 1, count_include_pad=False)


class A(blocks.InceptionA):
    def forward(self, x):
        double = self.branch3x3dbl_3(self.branch3x3dbl_2(self.branch3x3dbl_1(x)))
        return torch.cat([self.branch1x1(x), self.branch5x5_2(self.branch5x5_1(x)), double, self.branch_pool(average_pool(x))], 1)


class C(blocks.InceptionC):
    def forward(self, x):
        seven = self.branch7x7_3(self.branch7x7_2(self.branch7x7_1(x)))
        double = self.branch7x7dbl_3(self.branch7x7dbl_2(self.branch7x7dbl_1(x)))
        double = self.branch7x7dbl_5(self.branch7x7dbl_4(double))
        return torch.cat([self.branch1x1(x), seven, double, self.branch_pool(average_pool(x))], 1)


class E(blocks.InceptionE):
    def __init__(self, channels, pool):
        super().__init__(channels)
        self.pool = pool

    def forward(self, x):
        three = self.branch3x3_1(x)
        double = self.branch3x3dbl_2(self.branch3x3dbl_1(x))
        split = [self.branch3x3_2a(three), self.branch3x3_2b(three), self.branch3x3dbl_3a(double), self.branch3x3dbl_3b(double)]
        return torch.cat([self.branch1x1(x), *split, self.branch_pool(self.pool(x))], 1)


def network(random=True):
    net = torchvision.models.inception_v3(num_classes=1008, aux_logits=False, init_weights=False, transform_input=False)
    net.Mixed_5b, net.Mixed_5c, net.Mixed_5d = A(192, 32), A(256, 64), A(288, 64)
    net.Mixed_6b, net.Mixed_6c = C(768, 128), C(768, 160)
    net.Mixed_6d, net.Mixed_6e = C(768, 160), C(768, 192)
    net.Mixed_7b = E(1280, average_pool)
    net.Mixed_7c = E(2048, lambda x: F.max_pool2d(x, 3, 1, 1))
    if random:
        net.load_state_dict({k: torch.from_numpy(random_tensor(k, tuple(v.shape))) for k, v in net.state_dict().items()})
    return net.eval()


@torch.no_grad()
def features(net, image):
    """[B, 3, 299, 299] in [-1, 1] -> features [B, 2048], logits without bias [B, 1008]."""
    kept = {}
    handle = net.avgpool.register_forward_hook(lambda *args: kept.update(pool3=args[2].flatten(1)))
    net(image)
    handle.remove()
    return kept["pool3"], kept["pool3"] @ net.fc.weight.T
