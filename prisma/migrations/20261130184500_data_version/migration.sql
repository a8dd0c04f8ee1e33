-- CreateTable
CREATE UNLOGGED TABLE "data_changes" (
    "backend" INTEGER NOT NULL,
    "changes" BIGINT NOT NULL,

    CONSTRAINT "data_changes_pkey" PRIMARY KEY ("backend")
);

-- A row begins at the clock, so that no sum of them comes twice.
CREATE OR REPLACE FUNCTION note_data_change() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  INSERT INTO data_changes (backend, changes)
    VALUES (pg_backend_pid(), (extract(epoch FROM clock_timestamp()) * 1000)::bigint)
    ON CONFLICT (backend) DO UPDATE SET changes = data_changes.changes + 1\073
  PERFORM set_config(''salon.change_noted'', ''yes'', true)\073
  RETURN NULL\073
END';

-- What pages for everybody are made of. Votes that are only added are seen with the snapshot that follows them. For each row, as
-- many updates find none. Once a transaction is enough, for others see all of it or nothing.
DO E'
DECLARE
  name text\073
BEGIN
  FOREACH name IN ARRAY ARRAY[
    ''users'', ''settings'', ''boards'', ''board_prompt_sets'', ''board_models'', ''board_run_choices'', ''board_metrics'',
    ''board_judges'', ''board_guests'', ''models'', ''model_prices'', ''endpoints'', ''endpoint_capabilities'', ''drift_checks'',
    ''prompt_sets'', ''prompts'', ''question_sets'', ''runs'', ''run_examinations'', ''encoder_examinations'', ''run_pairs'',
    ''samples'', ''sample_failures'', ''grades'', ''metric_results'', ''reference_sets'', ''judges'', ''judge_tasks'',
    ''judge_sample_verdicts'', ''judge_pair_verdicts'', ''judge_canary_verdicts'', ''rating_snapshots'', ''rating_snapshot_rows'',
    ''snapshot_analyses'', ''criterion_snapshots'', ''demo_images'', ''reconstructions'', ''demo_texts'', ''backend_cards'']
  LOOP
    EXECUTE format(''CREATE TRIGGER note_data_change AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW
      WHEN (current_setting(''''salon.change_noted'''', true) IS DISTINCT FROM ''''yes'''')
      EXECUTE FUNCTION note_data_change()'', name)\073
  END LOOP\073
END';

CREATE TRIGGER note_data_change AFTER UPDATE OR DELETE ON votes FOR EACH ROW
  WHEN (current_setting('salon.change_noted', true) IS DISTINCT FROM 'yes') EXECUTE FUNCTION note_data_change();
