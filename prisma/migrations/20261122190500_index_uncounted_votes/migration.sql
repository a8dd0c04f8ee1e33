-- Every refit lists the votes it leaves out: few, among many.
CREATE INDEX "Vote_uncounted" ON "Vote" ("boardId") WHERE status <> 'COUNTED';
