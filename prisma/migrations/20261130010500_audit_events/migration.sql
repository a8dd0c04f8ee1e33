-- CreateEnum
CREATE TYPE "audit_actor" AS ENUM ('USER', 'VISITOR', 'TOKEN', 'OPERATOR', 'SYSTEM');

-- CreateTable
CREATE TABLE "audit_events" (
    "id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "actor" "audit_actor" NOT NULL,
    "actor_id" TEXT,
    "address_hash" TEXT,
    "action" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "prev_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
-- Unlogged: a row is gone before its transaction commits.
CREATE UNLOGGED TABLE "audit_drafts" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "actor" "audit_actor" NOT NULL,
    "actor_id" TEXT,
    "address_hash" TEXT,
    "action" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "audit_drafts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_events_action_id_idx" ON "audit_events"("action", "id");

-- CreateIndex
CREATE INDEX "audit_events_actor_id_id_idx" ON "audit_events"("actor_id", "id");

-- CreateIndex
CREATE INDEX "audit_events_subject_id_id_idx" ON "audit_events"("subject_id", "id");

-- CreateIndex
CREATE INDEX "audit_events_at_idx" ON "audit_events"("at");

-- \073 is a semicolon: those that stand as themselves divide this file into statements.
--
-- The last thing before a transaction commits: its events join the chain, one transaction at a time. Rows of other tables are not
-- locked any more then, so that none waits for one that waits here. The text that is hashed stands in lib/audit/verify-chain.ts too.
CREATE OR REPLACE FUNCTION append_audit_event() RETURNS trigger LANGUAGE plpgsql AS E'
DECLARE
  last_id BIGINT\073
  last_hash TEXT\073
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(''salon/audit'', 0))\073
  SELECT id, hash INTO last_id, last_hash FROM audit_events ORDER BY id DESC LIMIT 1\073
  last_id := coalesce(last_id, 0) + 1\073
  last_hash := coalesce(last_hash, repeat(''0'', 64))\073
  INSERT INTO audit_events (id, at, actor, actor_id, address_hash, action, subject_kind, subject_id, subject, before, after,
    prev_hash, hash)
  VALUES (last_id, new.at, new.actor, new.actor_id, new.address_hash, new.action, new.subject_kind, new.subject_id, new.subject,
    new.before, new.after, last_hash,
    encode(sha256(convert_to(jsonb_build_object(
      ''id'', last_id,
      ''at'', to_char(new.at AT TIME ZONE ''UTC'', ''YYYY-MM-DD"T"HH24:MI:SS.US"Z"''),
      ''actor'', new.actor,
      ''actorId'', new.actor_id,
      ''action'', new.action,
      ''subjectKind'', new.subject_kind,
      ''subjectId'', new.subject_id,
      ''subject'', new.subject,
      ''before'', new.before,
      ''after'', new.after,
      ''prevHash'', last_hash)::text, ''UTF8'')), ''hex''))\073
  DELETE FROM audit_drafts WHERE id = new.id\073
  RETURN NULL\073
END';

CREATE CONSTRAINT TRIGGER append_audit_event AFTER INSERT ON audit_drafts
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION append_audit_event();

-- An address's hash may be erased, and an empty table may be emptied, as restoring a backup does.
CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  IF TG_OP = ''TRUNCATE'' THEN
    IF NOT EXISTS (SELECT FROM audit_events) THEN RETURN NULL\073 END IF\073
  ELSIF TG_OP = ''UPDATE'' THEN
    IF new.address_hash IS NULL AND to_jsonb(new) - ''address_hash'' = to_jsonb(old) - ''address_hash'' THEN RETURN new\073 END IF\073
  END IF\073
  RAISE EXCEPTION ''audit_events only grows: % is refused'', TG_OP\073
END';

CREATE TRIGGER refuse_audit_change BEFORE UPDATE OR DELETE ON audit_events
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();

CREATE TRIGGER refuse_audit_truncate BEFORE TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
