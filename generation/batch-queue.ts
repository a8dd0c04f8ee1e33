/** The queue holds as much as it may; try again after the given time. */
export class QueueFullError extends Error {
  constructor(readonly retryAfterSeconds: number) {
    super("The queue is full.");
  }
}

/** The queue was closed before the work was done. */
export class QueueClosedError extends Error {
  constructor() {
    super("The queue is closed.");
  }
}

export interface BatchQueueOptions<Task, Result> {
  /** Most tasks that may wait; running ones do not count. */
  limit: number;
  /** Most tasks of one batch. */
  maxBatch: number;
  /** How long a batch that is not full waits for company, in milliseconds. */
  gatherMs: number;
  /** Does one batch, all of whose tasks have one key; answers in the tasks' order. */
  run: (tasks: Task[], signal: AbortSignal) => Promise<Result[]>;
}

/** The tasks of one submit call. */
interface Ticket<Result> {
  submittedAt: number;
  startedAt?: number;
  results: Result[];
  open: number;
  settled: boolean;
  resolve: (done: { results: Result[]; queuedMs: number }) => void;
  reject: (reason: unknown) => void;
}

interface Entry<Task, Result> {
  key: string;
  task: Task;
  index: number;
  ticket: Ticket<Result>;
}

/**
 * A bounded first-come queue that runs one batch at a time. A batch is the oldest task and, in order of arrival,
 * the others with its key. Tasks of one submit may land in several batches.
 */
export class BatchQueue<Task, Result> {
  private waiting: Entry<Task, Result>[] = [];
  private current: { entries: Entry<Task, Result>[]; stop: AbortController; done: Promise<void> } | undefined;
  private gathering: NodeJS.Timeout | undefined;
  private closed = false;
  /** Moving average over batches, for the time to wait that a refusal states. */
  private secondsPerTask = 0;

  constructor(private readonly options: BatchQueueOptions<Task, Result>) {}

  /** Tasks that wait. */
  get length(): number {
    return this.waiting.length;
  }

  /** Tasks of the running batch. */
  get running(): number {
    return this.current?.entries.length ?? 0;
  }

  /** The end of the running batch; undefined: none runs. */
  get batchEnd(): Promise<void> | undefined {
    return this.current?.done;
  }

  /**
   * Queue tasks of one key, all or none, and wait for their results (in the tasks' order) and for how long the
   * first of them had to wait.
   * @throws QueueFullError when they do not all fit; QueueClosedError; the signal's reason once it is aborted
   * (what waits is dropped, and a running batch that nobody wants any more is told to stop); a batch's own error.
   */
  submit(
    key: string,
    tasks: readonly Task[],
    signal: AbortSignal,
  ): Promise<{ results: Result[]; queuedMs: number }> {
    return new Promise((resolve, reject) => {
      this.check(tasks.length);
      signal.throwIfAborted();
      const abort = () => this.abandon(ticket, signal.reason);
      signal.addEventListener("abort", abort, { once: true });
      const settle = () => {
        ticket.settled = true;
        signal.removeEventListener("abort", abort);
      };
      const ticket: Ticket<Result> = {
        submittedAt: performance.now(),
        results: new Array<Result>(tasks.length),
        open: tasks.length,
        settled: false,
        resolve: (done) => (settle(), resolve(done)),
        reject: (reason) => (settle(), reject(reason)),
      };
      this.waiting.push(...tasks.map((task, index) => ({ key, task, index, ticket })));
      this.gather();
    });
  }

  /**
   * Whether so many tasks would be taken now, for who answers before their results are there.
   * @throws QueueFullError when they do not all fit; QueueClosedError
   */
  check(count: number): void {
    if (this.closed) throw new QueueClosedError();
    if (this.waiting.length + count > this.options.limit) throw new QueueFullError(this.secondsToWait());
  }

  /** Refuse new tasks, reject the waiting ones, tell the running batch to stop and wait until it has. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.gathering);
    const entries = [...this.waiting, ...(this.current?.entries ?? [])];
    this.waiting = [];
    for (const { ticket } of entries) if (!ticket.settled) ticket.reject(new QueueClosedError());
    this.current?.stop.abort(new QueueClosedError());
    await this.current?.done;
  }

  private secondsToWait(): number {
    return Math.max(1, Math.ceil((this.waiting.length + this.running) * this.secondsPerTask));
  }

  private gather(): void {
    if (this.current || this.closed || this.waiting.length === 0) return;
    if (this.nextBatch().length >= this.options.maxBatch) return this.start();
    this.gathering ??= setTimeout(() => this.start(), this.options.gatherMs);
  }

  private nextBatch(): Entry<Task, Result>[] {
    const oldest = this.waiting[0];
    return this.waiting.filter((entry) => entry.key === oldest.key).slice(0, this.options.maxBatch);
  }

  private start(): void {
    clearTimeout(this.gathering);
    this.gathering = undefined;
    if (this.waiting.length === 0) return;
    const entries = this.nextBatch();
    const taken = new Set(entries);
    this.waiting = this.waiting.filter((entry) => !taken.has(entry));
    const stop = new AbortController();
    this.current = { entries, stop, done: this.finish(entries, stop) };
  }

  private async finish(entries: Entry<Task, Result>[], stop: AbortController): Promise<void> {
    const startedAt = performance.now();
    for (const { ticket } of entries) ticket.startedAt ??= startedAt;
    try {
      const results = await this.options.run(
        entries.map((entry) => entry.task),
        stop.signal,
      );
      const seconds = (performance.now() - startedAt) / 1000 / entries.length;
      this.secondsPerTask = this.secondsPerTask === 0 ? seconds : 0.7 * this.secondsPerTask + 0.3 * seconds;
      entries.forEach(({ ticket, index }, position) => {
        ticket.results[index] = results[position];
        ticket.open -= 1;
        if (ticket.open === 0 && !ticket.settled) {
          ticket.resolve({ results: ticket.results, queuedMs: ticket.startedAt! - ticket.submittedAt });
        }
      });
    } catch (error) {
      for (const { ticket } of entries) if (!ticket.settled) this.abandon(ticket, error);
    } finally {
      this.current = undefined;
      this.gather();
    }
  }

  private abandon(ticket: Ticket<Result>, reason: unknown): void {
    ticket.reject(reason);
    this.waiting = this.waiting.filter((entry) => entry.ticket !== ticket);
    if (this.current?.entries.every((entry) => entry.ticket.settled)) this.current.stop.abort(reason);
  }
}
