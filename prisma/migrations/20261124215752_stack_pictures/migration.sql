-- AlterTable
ALTER TABLE "Model" ADD COLUMN     "card" JSONB;

-- CreateTable
CREATE TABLE "DemoPicture" (
    "id" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "weights" TEXT NOT NULL,
    "prompt" TEXT NOT NULL,
    "seed" INTEGER NOT NULL,
    "sampler" TEXT NOT NULL,
    "steps" INTEGER NOT NULL,
    "guidanceScale" DOUBLE PRECISION NOT NULL,
    "artifactHash" TEXT NOT NULL,
    "filmstripHash" TEXT,
    "frames" INTEGER NOT NULL DEFAULT 0,
    "computeMs" DOUBLE PRECISION,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DemoPicture_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Reconstruction" (
    "originalHash" TEXT NOT NULL,
    "weights" TEXT NOT NULL,
    "artifactHash" TEXT NOT NULL,
    "psnr" DOUBLE PRECISION NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Reconstruction_pkey" PRIMARY KEY ("originalHash","weights")
);

-- CreateIndex
CREATE UNIQUE INDEX "DemoPicture_model_weights_prompt_seed_sampler_steps_guidanc_key" ON "DemoPicture"("model", "weights", "prompt", "seed", "sampler", "steps", "guidanceScale");

-- AddForeignKey
ALTER TABLE "DemoPicture" ADD CONSTRAINT "DemoPicture_artifactHash_fkey" FOREIGN KEY ("artifactHash") REFERENCES "Artifact"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DemoPicture" ADD CONSTRAINT "DemoPicture_filmstripHash_fkey" FOREIGN KEY ("filmstripHash") REFERENCES "Artifact"("sha256") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reconstruction" ADD CONSTRAINT "Reconstruction_originalHash_fkey" FOREIGN KEY ("originalHash") REFERENCES "Artifact"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reconstruction" ADD CONSTRAINT "Reconstruction_artifactHash_fkey" FOREIGN KEY ("artifactHash") REFERENCES "Artifact"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;
