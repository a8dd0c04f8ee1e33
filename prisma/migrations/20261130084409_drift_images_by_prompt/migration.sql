-- CreateIndex
CREATE INDEX "drift_images_prompt_id_idx" ON "drift_images"("prompt_id");
