-- What one statement is to see of the moment after it got its locks, not of its beginning: a VOLATILE function looks anew. A
-- statement that reads by them is a whole transaction in one round trip.

-- What decides what a vote on a battle does (lib/votes/vote-facts.ts), or null where there is no such battle.
CREATE OR REPLACE FUNCTION vote_facts(battle text) RETURNS jsonb LANGUAGE sql VOLATILE AS $$
  SELECT jsonb_build_object(
    'boardId', b.board_id, 'voterId', b.voter_id, 'state', b.state,
    'leftModelId', b.left_model_id, 'rightModelId', b.right_model_id, 'category', p.category,
    'handedOutAt', floor(extract(epoch FROM b.created_at) * 1000),
    'criteria', to_jsonb(g.criteria), 'countsLiveVotes', g.counts_live_votes,
    'isRetired', p.retired_at IS NOT NULL,
    'isVoted', EXISTS (SELECT FROM votes v WHERE v.battle_id = b.id),
    'waits', u.proven_at IS NULL AND g.new_voters = 'WAIT',
    'hold', (
      SELECT jsonb_build_object('quarantineId', v.quarantine_id, 'reason', v.status_reason) FROM votes v
      WHERE v.voter_id = b.voter_id AND v.board_id = b.board_id AND v.status = 'QUARANTINED'
        AND v.quarantine_id IS NOT NULL
      ORDER BY v.id LIMIT 1))
  FROM battles b
  JOIN boards g ON g.id = b.board_id
  JOIN prompts p ON p.id = b.prompt_id
  JOIN voters u ON u.id = b.voter_id
  WHERE b.id = battle
$$;

-- How many samples a voter was shown on a board.
CREATE OR REPLACE FUNCTION sides_shown(voter text, board text) RETURNS int LANGUAGE sql VOLATILE AS $$
  SELECT (count(left_sample_id) + count(right_sample_id))::int FROM battles
  WHERE voter_id = voter AND board_id = board
$$;

-- Whether a job of this key waits in the queue, which may be installed later than this.
SET check_function_bodies = false;
CREATE OR REPLACE FUNCTION job_waits(job text) RETURNS boolean LANGUAGE sql VOLATILE AS $$
  SELECT EXISTS (
    SELECT FROM graphile_worker.jobs WHERE key = job AND locked_at IS NULL AND attempts < max_attempts)
$$;
RESET check_function_bodies;
