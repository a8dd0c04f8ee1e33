-- The job that draws what /stack shows has another name. One that waits under the old name is nobody's to run: the next start asks for it anew.
DO $$
BEGIN
  IF to_regclass('graphile_worker._private_jobs') IS NOT NULL THEN
    DELETE FROM graphile_worker._private_jobs WHERE key = 'paint-demos';
  END IF;
END $$;
