-- CreateTable
CREATE TABLE "Drawing" (
    "id" TEXT NOT NULL,
    "prompt" TEXT NOT NULL,
    "seed" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Drawing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DrawingPicture" (
    "drawingId" TEXT NOT NULL,
    "modelId" TEXT NOT NULL,
    "artifactHash" TEXT,
    "failure" TEXT,
    "unknownWords" TEXT[],
    "unreadWords" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "DrawingPicture_pkey" PRIMARY KEY ("drawingId","modelId")
);

-- CreateIndex
CREATE INDEX "Drawing_createdAt_idx" ON "Drawing"("createdAt");

-- CreateIndex
CREATE INDEX "DrawingPicture_artifactHash_idx" ON "DrawingPicture"("artifactHash");

-- AddForeignKey
ALTER TABLE "DrawingPicture" ADD CONSTRAINT "DrawingPicture_drawingId_fkey" FOREIGN KEY ("drawingId") REFERENCES "Drawing"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DrawingPicture" ADD CONSTRAINT "DrawingPicture_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DrawingPicture" ADD CONSTRAINT "DrawingPicture_artifactHash_fkey" FOREIGN KEY ("artifactHash") REFERENCES "Artifact"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;
