-- What SQL asks of JSON is a column that the database derives from it: typed, and never another value. In one transaction.
BEGIN;

ALTER TABLE metric_results ADD COLUMN encoder text GENERATED ALWAYS AS (protocol ->> 'encoder') STORED;
ALTER TABLE run_examinations ADD COLUMN badge text GENERATED ALWAYS AS (forensics ->> 'badge') STORED;
ALTER TABLE artifacts ADD COLUMN video_codec text GENERATED ALWAYS AS (video ->> 'codec') STORED,
ADD COLUMN video_rate double precision GENERATED ALWAYS AS ((video ->> 'rate')::double precision) STORED,
ADD COLUMN video_seconds double precision GENERATED ALWAYS AS ((video ->> 'seconds')::double precision) STORED;

COMMIT;
