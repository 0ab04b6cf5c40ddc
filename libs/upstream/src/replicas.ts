interface Replica {
  readonly url: URL;
  /** Milliseconds of the monotonic clock. */
  avoidUntil: number;
}

/** How long a replica that did not answer is skipped, in ms. */
const avoidFor = 2000;

/** Returns replicas in turn; recently failed ones only if there is no other. */
export class Replicas {
  private readonly all: readonly Replica[];
  private turn = 0;

  constructor(urls: readonly URL[]) {
    this.all = urls.map((url) => ({ url, avoidUntil: 0 }));
  }

  get count(): number {
    return this.all.length;
  }

  next(): Replica {
    const now = performance.now();
    const well = this.all.filter(({ avoidUntil }) => avoidUntil <= now);
    const choice = well.length > 0 ? well : this.all;
    this.turn = (this.turn + 1) % Number.MAX_SAFE_INTEGER;
    const replica = choice[this.turn % choice.length];
    if (replica === undefined) throw new Error('an upstream has at least one URL');
    return replica;
  }

  avoid(replica: Replica): void {
    replica.avoidUntil = performance.now() + avoidFor;
  }
}
