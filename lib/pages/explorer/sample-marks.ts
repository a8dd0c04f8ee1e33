import { ON_BOARD } from "@/lib/boards/board-models";
import { Prisma } from "@/lib/db/generated/client";
import { judgeSeenBy } from "@/lib/judges/judge-scope";
import { lookedAt } from "@/lib/prompts/shown-states";
import { JUDGE_CONTENT, type SampleMark } from "@/lib/schemas/sample-marks";

/** Which samples are meant: those of some prompts outside the arena, on a board. */
export interface Explored {
  boardId: string;
  promptIds: readonly string[];
}

/** SQL: whether what the judge in row j says is shown on the board: a public one's on a board that takes the site's, and one that it chose. */
export const speaksOn = (boardId: string): Prisma.Sql => Prisma.sql`(
  (${judgeSeenBy(null)} and exists (select from boards d where d.id = ${boardId} and d.site_defaults))
  or exists (select from board_judges c where c.judge_id = j.id and c.board_id = ${boardId}))`;

/** SQL: whether the verdict in row v is by the judge's newest questions. */
export const NEWEST_QUESTIONS: Prisma.Sql = Prisma.sql`not exists (
  select from judge_sample_verdicts w where w.sample_id = v.sample_id and w.judge_id = v.judge_id and w.rubric = v.rubric
    and w.question_set_version > v.question_set_version)`;

/** SQL: what the newest grader says of an artifact held against a prompt, as row g. */
export const newestGrade = (alias: "shown" | "s"): Prisma.Sql => {
  const of = Prisma.raw(alias);
  return Prisma.sql`(select g.all_correct, g.result from grades g
    where g.artifact_hash = ${of}.artifact_hash and g.prompt_id = ${of}.prompt_id order by g.grader_id desc limit 1)`;
};

/** SQL: prompts and models with that mark, as columns prompt_id and model_id. Models that left the board are among them. */
export function markedSamples(mark: SampleMark, of: Explored): Prisma.Sql {
  if (mark === "failed") return failed(of);
  if (mark === "judge-metric") return judgeAgainstGrader(of);
  return Prisma.sql`
    select prompt_id, first_model as model_id from (${disputes(of)}) disputed
    union select prompt_id, second_model from (${disputes(of)}) disputed`;
}

const failed = ({ promptIds }: Explored) => Prisma.sql`
  select distinct f.prompt_id, r.model_id
  from sample_failures f
  join runs r on r.id = f.run_id and r.superseded_at is null
  where f.prompt_id = any (${[...promptIds]}) and not exists (
    select from samples s join runs x on x.id = s.run_id and x.superseded_at is null
    where s.prompt_id = f.prompt_id and s.model_id = r.model_id)`;

const judgeAgainstGrader = ({ boardId, promptIds }: Explored) => Prisma.sql`
  select distinct shown.prompt_id, shown.model_id
  from (
    select distinct on (s.prompt_id, s.model_id) s.prompt_id, s.model_id, s.id, s.artifact_hash
    from samples s
    join runs r on r.id = s.run_id and r.superseded_at is null
    where s.prompt_id = any (${[...promptIds]}) and ${lookedAt()}
    order by s.prompt_id, s.model_id, s.id desc) shown
  join lateral ${newestGrade("shown")} g on true
  join judge_sample_verdicts v on v.sample_id = shown.id and v.score is not null and ${NEWEST_QUESTIONS}
  join judges j on j.id = v.judge_id and ${speaksOn(boardId)}
  where g.all_correct <> (v.score >= ${JUDGE_CONTENT}::float8)`;

/**
 * SQL: two samples of a prompt that counted votes on the board and a judge order otherwise: prompt_id, first_model, second_model,
 * margin (the votes for the first less those for the second), won, lost, even (votes, of the first), judge (its name), and preference
 * (the judge's for the first, 0 to 1, the mean over the orders it was shown). Nothing where either is even.
 */
export const disputes = ({ boardId, promptIds }: Explored): Prisma.Sql => Prisma.sql`
  select people.prompt_id, x.model_id as first_model, y.model_id as second_model, people.won, people.lost, people.even,
    people.won - people.lost as margin, j.name as judge,
    avg(case when v.a_sample_id = people.first then v.preference else 1 - v.preference end) as preference
  from (
    select shown.prompt_id, shown.first, shown.second,
      count(*) filter (where shown.choice = 1) as won, count(*) filter (where shown.choice = -1) as lost,
      count(*) filter (where shown.choice = 0) as even
    from (
      select b.prompt_id, least(b.left_sample_id, b.right_sample_id) as first,
        greatest(b.left_sample_id, b.right_sample_id) as second,
        case o.outcome when 'LEFT' then 1 when 'RIGHT' then -1 else 0 end
          * case when b.left_sample_id < b.right_sample_id then 1 else -1 end as choice
      from battles b
      join votes o on o.battle_id = b.id and o.status = 'COUNTED'
      where b.prompt_id = any (${[...promptIds]}) and b.board_id = ${boardId}
        and b.left_sample_id is not null and b.right_sample_id is not null) shown
    group by 1, 2, 3
    having sum(shown.choice) <> 0) people
  join samples x on x.id = people.first and ${lookedAt("x")}
  join samples y on y.id = people.second and ${lookedAt("y")}
  join judge_pair_verdicts v on v.preference is not null
    and (v.a_sample_id, v.b_sample_id) in ((people.first, people.second), (people.second, people.first))
  join judges j on j.id = v.judge_id and ${speaksOn(boardId)}
  where exists (select from boards b, models m where b.id = ${boardId} and m.id = x.model_id and ${ON_BOARD})
    and exists (select from boards b, models m where b.id = ${boardId} and m.id = y.model_id and ${ON_BOARD})
  group by people.prompt_id, x.model_id, y.model_id, people.won, people.lost, people.even, people.first, people.second, j.id,
    j.name, v.rubric
  having sign(people.won - people.lost)
    * sign(avg(case when v.a_sample_id = people.first then v.preference else 1 - v.preference end) - 0.5) < 0`;
