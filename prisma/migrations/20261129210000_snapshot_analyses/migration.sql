-- CreateTable
CREATE TABLE "snapshot_analyses" (
    "board_id" TEXT NOT NULL,
    "category" TEXT NOT NULL DEFAULT '',
    "snapshot_id" TEXT NOT NULL,
    "analysis" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "snapshot_analyses_pkey" PRIMARY KEY ("board_id","category")
);

-- CreateIndex
CREATE UNIQUE INDEX "snapshot_analyses_snapshot_id_key" ON "snapshot_analyses"("snapshot_id");

-- AddForeignKey
ALTER TABLE "snapshot_analyses" ADD CONSTRAINT "snapshot_analyses_board_id_fkey" FOREIGN KEY ("board_id") REFERENCES "boards"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "snapshot_analyses" ADD CONSTRAINT "snapshot_analyses_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "rating_snapshots"("id") ON DELETE CASCADE ON UPDATE CASCADE;
