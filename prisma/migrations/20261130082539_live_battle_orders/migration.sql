-- CreateTable
CREATE TABLE "battle_orders" (
    "battle_id" TEXT NOT NULL,
    "is_left" BOOLEAN NOT NULL,
    "seed" INTEGER NOT NULL,
    "job" JSONB,
    "submitted_at" TIMESTAMPTZ(3),
    "sample_id" TEXT,

    CONSTRAINT "battle_orders_pkey" PRIMARY KEY ("battle_id","is_left")
);

-- AddForeignKey
ALTER TABLE "battle_orders" ADD CONSTRAINT "battle_orders_battle_id_fkey" FOREIGN KEY ("battle_id") REFERENCES "battles"("id") ON DELETE CASCADE ON UPDATE CASCADE;
