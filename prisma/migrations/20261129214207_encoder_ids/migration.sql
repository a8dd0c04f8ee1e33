-- One name for what features are kept under, as embeddings have it.
ALTER TABLE encoder_examinations RENAME COLUMN features_id TO encoder_id;
ALTER TABLE run_pairs RENAME COLUMN features_id TO encoder_id;

-- A name for readers: the set is found by its content.
UPDATE reference_sets SET name = 'Toybox renders (1,000 images)'
  WHERE kind = 'bundled' AND name = 'Toybox renders (1,000 pictures)';
