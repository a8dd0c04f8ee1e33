-- DropIndex
DROP INDEX "samples_prompt_id_idx";

-- CreateIndex
CREATE INDEX "votes_board_id_left_model_id_right_model_id_created_at_idx" ON "votes"("board_id", "left_model_id", "right_model_id", "created_at");

-- CreateIndex
CREATE INDEX "samples_prompt_id_model_id_idx" ON "samples"("prompt_id", "model_id");
