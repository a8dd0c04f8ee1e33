-- AlterTable
ALTER TABLE "ArtifactStyle" ADD COLUMN     "duration" DOUBLE PRECISION,
ADD COLUMN     "fps" DOUBLE PRECISION;

-- CreateTable
CREATE TABLE "ClusterMeasure" (
    "boardId" TEXT NOT NULL,
    "category" TEXT NOT NULL DEFAULT '',
    "details" JSONB NOT NULL,
    "excess" BYTEA NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ClusterMeasure_pkey" PRIMARY KEY ("boardId","category")
);

-- AddForeignKey
ALTER TABLE "ClusterMeasure" ADD CONSTRAINT "ClusterMeasure_boardId_fkey" FOREIGN KEY ("boardId") REFERENCES "Board"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
