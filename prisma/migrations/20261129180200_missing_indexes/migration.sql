CREATE INDEX "Battle_promptId_idx" ON "Battle"("promptId");
CREATE INDEX "Checklist_promptId_idx" ON "Checklist"("promptId");
CREATE INDEX "SampleFailure_promptId_idx" ON "SampleFailure"("promptId");
CREATE INDEX "DemoPicture_artifactHash_idx" ON "DemoPicture"("artifactHash");
CREATE INDEX "DemoPicture_filmstripHash_idx" ON "DemoPicture"("filmstripHash");
CREATE INDEX "Reconstruction_artifactHash_idx" ON "Reconstruction"("artifactHash");
