-- CreateTable
CREATE TABLE "Installation" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "secretFingerprint" TEXT,
    "artifactFolderId" TEXT NOT NULL,
    "artifactFolderMarked" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Installation_pkey" PRIMARY KEY ("id")
);
