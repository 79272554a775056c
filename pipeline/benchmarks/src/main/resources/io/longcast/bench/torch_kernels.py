"""PyTorch's side of `bench kernels`: the same workloads in nn.LSTM, nn.GRU and nn.RNN.

Reads commands on standard input, one a line: `<train|infer> <workload> <cell> <seconds>`, runs the
workload for that long, and answers with windows a second by wall clock and by processor time. The
end of the input ends it. One thread.
"""

import sys
import time

import torch
from torch import nn

torch.set_num_threads(1)
torch.manual_seed(0)
SIZES = {"W1": (64, 48, 4, 64, 1), "W2": (256, 96, 8, 128, 2)}
CELLS = {"LSTM": nn.LSTM, "GRU": nn.GRU, "RNN": nn.RNN}
HORIZON = 24


class Forecaster(nn.Module):
    def __init__(self, cell, features, hidden, layers):
        super().__init__()
        self.cell = CELLS[cell](features, hidden, layers, batch_first=True)
        self.head = nn.Linear(hidden, HORIZON)

    def forward(self, x):
        states, _ = self.cell(x)
        return self.head(states[:, -1])


class Workload:
    def __init__(self, name, cell):
        self.batch, steps, features, hidden, layers = SIZES[name]
        self.model = Forecaster(cell, features, hidden, layers)
        self.updater = torch.optim.Adam(self.model.parameters(), 1e-3)
        self.loss = nn.MSELoss()
        self.x = [torch.randn(self.batch, steps, features) for _ in range(8)]
        self.y = [torch.randn(self.batch, HORIZON) for _ in range(8)]

    def train(self, i):
        self.updater.zero_grad(set_to_none=True)
        self.loss(self.model(self.x[i % 8]), self.y[i % 8]).backward()
        self.updater.step()

    def infer(self, i):
        with torch.no_grad():
            self.model(self.x[i % 8])

    def measure(self, mode, seconds):
        return self.run(getattr(self, mode), seconds)

    def run(self, step, seconds):
        wall, used, count = time.perf_counter(), time.process_time(), 0
        while True:
            step(count)
            count += 1
            elapsed = time.perf_counter() - wall
            if elapsed >= seconds:
                return count * self.batch / elapsed, count * self.batch / (time.process_time() - used)


def main():
    workloads = {}
    print("PyTorch", torch.__version__, flush=True)
    for line in sys.stdin:
        mode, name, cell, seconds = line.split()
        key = (name, cell)
        if key not in workloads:
            workloads[key] = Workload(name, cell)
        wall, used = workloads[key].measure(mode, float(seconds))
        print(f"{wall:.3f} {used:.3f}", flush=True)


main()
