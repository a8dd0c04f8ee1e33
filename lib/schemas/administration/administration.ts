/** What the index of the admin pages counts. */
export interface AdminCounts {
  queue: { workers: number; waiting: number; retrying: number; failed: number };
  /** waiting: for a review. */
  models: { all: number; waiting: number; hidden: number };
  /** waiting: visitors' judges that nobody has admitted. */
  judges: { all: number; paused: number; waiting: number };
  references: { all: number; failed: number };
  promptSets: { all: number };
  boards: { all: number };
  /** bytes: of all that Salon keeps, as last measured; null: never yet. */
  storage: { bytes: number | null; isLow: boolean };
  /** held: back by a rule, until somebody decides. */
  votes: { held: number };
  /** open: reports of images; held: images, by a check. */
  reports: { open: number; held: number };
  users: { all: number; disabled: number };
}
