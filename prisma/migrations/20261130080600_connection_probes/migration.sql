-- AlterTable
ALTER TABLE "endpoints" ADD COLUMN     "spent_estimate_usd" DECIMAL(24,9) NOT NULL DEFAULT 0,
ADD COLUMN     "spent_told_usd" DECIMAL(24,9) NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "endpoint_capabilities" (
    "endpoint_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "capability" JSONB NOT NULL,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "endpoint_capabilities_pkey" PRIMARY KEY ("endpoint_id","version")
);

-- CreateTable
CREATE TABLE "connection_probes" (
    "voter_id" TEXT NOT NULL,
    "base_url" TEXT NOT NULL,
    "call_hash" TEXT NOT NULL,
    "capability" JSONB NOT NULL,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "connection_probes_pkey" PRIMARY KEY ("voter_id","base_url")
);

-- CreateIndex
CREATE INDEX "connection_probes_created_at_idx" ON "connection_probes"("created_at");

-- AddForeignKey
ALTER TABLE "endpoint_capabilities" ADD CONSTRAINT "endpoint_capabilities_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "endpoints"("id") ON DELETE CASCADE ON UPDATE CASCADE;
