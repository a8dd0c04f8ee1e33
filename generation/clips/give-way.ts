/**
 * Whose turn it is between long work, which is done in short pieces, and batches of others. Before a piece the long work waits for the
 * batch that is being done; then it goes on for as long as it waited before it waits again. So a batch shares the processor with one
 * piece at most where batches come now and then, and where they never end the long work has half of the time.
 * @param batch the end of the batch that is being done; undefined: there is none
 * @returns what is awaited before each piece
 */
export function giveWay(
  batch: () => Promise<void> | undefined,
  now: () => number = () => performance.now(),
): () => Promise<void> {
  let until = 0;
  return async () => {
    const ended = now() < until ? undefined : batch();
    if (ended === undefined) return;
    const started = now();
    await ended;
    until = now() + (now() - started);
  };
}
