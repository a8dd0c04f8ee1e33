-- CreateTable
CREATE TABLE "DemoText" (
    "weights" TEXT NOT NULL,
    "prompt" TEXT NOT NULL,
    "steps" INTEGER NOT NULL,
    "seed" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DemoText_pkey" PRIMARY KEY ("weights","prompt","steps","seed")
);

-- CreateTable
CREATE TABLE "BackendCard" (
    "id" TEXT NOT NULL,
    "card" JSONB NOT NULL,

    CONSTRAINT "BackendCard_pkey" PRIMARY KEY ("id")
);
