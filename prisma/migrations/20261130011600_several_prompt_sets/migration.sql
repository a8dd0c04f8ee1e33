-- CreateTable
CREATE TABLE "board_prompt_sets" (
    "board_id" TEXT NOT NULL,
    "prompt_set_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "board_prompt_sets_pkey" PRIMARY KEY ("board_id","prompt_set_id")
);

-- CreateIndex
CREATE INDEX "board_prompt_sets_prompt_set_id_idx" ON "board_prompt_sets"("prompt_set_id");

-- AddForeignKey
ALTER TABLE "board_prompt_sets" ADD CONSTRAINT "board_prompt_sets_board_id_fkey" FOREIGN KEY ("board_id") REFERENCES "boards"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "board_prompt_sets" ADD CONSTRAINT "board_prompt_sets_prompt_set_id_fkey" FOREIGN KEY ("prompt_set_id") REFERENCES "prompt_sets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
