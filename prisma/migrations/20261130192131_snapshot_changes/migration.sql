-- CreateTable
CREATE TABLE "snapshot_changes" (
    "snapshot_id" TEXT NOT NULL,
    "changes" JSONB NOT NULL,

    CONSTRAINT "snapshot_changes_pkey" PRIMARY KEY ("snapshot_id")
);

-- AddForeignKey
ALTER TABLE "snapshot_changes" ADD CONSTRAINT "snapshot_changes_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "rating_snapshots"("id") ON DELETE CASCADE ON UPDATE CASCADE;
