import { counted, points, rankSpread } from "@/components/format";
import type { RankedModel } from "@/lib/schemas/leaderboard";
import type { BoardStanding, ModelStanding } from "@/lib/schemas/views";

/** What link previews are cut to everywhere (the Open Graph protocol's habit). */
export const CARD_SIZE = { width: 1200, height: 630 };

/** The light theme's colours: a picture has no theme. */
const [PAGE, INK, MUTED, LINE, ACCENT] = ["#f6f3ee", "#1f1c18", "#655e54", "#ddd6ca", "#1a5c4a"];
/** Half of the widest bar, in pixels. */
const BAR = 380;

/** A board's preview: its best models with their intervals. Drawn by satori, which knows flex boxes and inline styles alone. */
export function BoardShareCard({ board, site }: { board: BoardStanding; site: string }) {
  const { leaders } = board;
  const low = Math.min(...leaders.map(({ ratingLow }) => ratingLow ?? Infinity));
  const high = Math.max(...leaders.map(({ ratingHigh }) => ratingHigh ?? -Infinity));
  const at = (rating: number | null) => (rating === null ? 0 : ((rating - low) / (high - low || 1)) * BAR);
  return (
    <Card site={site} title={board.name}>
      {leaders.length === 0 ? (
        <p style={{ fontSize: 36, color: MUTED }}>Nobody has voted yet.</p>
      ) : (
        <div style={{ display: "flex", flexDirection: "column", marginTop: 12 }}>
          {leaders.map((row) => (
            <div
              key={row.model}
              style={{
                display: "flex",
                alignItems: "center",
                height: 62,
                borderTop: `2px solid ${LINE}`,
                fontSize: 32,
              }}
            >
              <span style={{ width: 110, color: MUTED }}>{rankSpread(row.rankLow, row.rankHigh)}</span>
              <span style={{ width: 480 }}>{shortened(row.name, 28)}</span>
              <span style={{ width: 90 }}>{points(row.rating)}</span>
              <div style={{ display: "flex", position: "relative", width: BAR, height: 14 }}>
                <div
                  style={{
                    position: "absolute",
                    left: at(row.ratingLow),
                    width: Math.max(4, at(row.ratingHigh) - at(row.ratingLow)),
                    top: 5,
                    height: 4,
                    background: ACCENT,
                  }}
                />
                <div
                  style={{
                    position: "absolute",
                    left: Math.max(0, at(row.rating) - 7),
                    width: 14,
                    height: 14,
                    borderRadius: 7,
                    background: ACCENT,
                  }}
                />
              </div>
            </div>
          ))}
        </div>
      )}
      <p style={{ fontSize: 26, color: MUTED, marginTop: "auto" }}>
        {`${counted(board.votes, "blind vote")} · ${counted(board.ranked, "model")} · ratings with 95% intervals`}
      </p>
    </Card>
  );
}

/** A model's preview: where it stands, and how sure that is. */
export function ModelShareCard({ model, site }: { model: ModelStanding; site: string }) {
  const { name, creator, board, ranking, ranked } = model;
  return (
    <Card site={site} title={shortened(name, 40)}>
      <p style={{ fontSize: 34, color: MUTED, marginTop: 0 }}>by {shortened(creator, 50)}</p>
      {board && ranking && isRanked(ranking) ? (
        <div style={{ display: "flex", marginTop: 40 }}>
          <Figure label="Rank" value={rankSpread(ranking.rankLow, ranking.rankHigh)} note={`of ${ranked}`} />
          <Figure
            label="Rating"
            value={points(ranking.rating)}
            note={`${points(ranking.ratingLow)} to ${points(ranking.ratingHigh)}`}
          />
          <Figure
            label="Votes"
            value={String(ranking.votes)}
            note={ranking.provisional ? "preliminary" : ""}
          />
        </div>
      ) : (
        <p style={{ fontSize: 36, marginTop: 40 }}>Not ranked yet.</p>
      )}
      <p style={{ fontSize: 26, color: MUTED, marginTop: "auto" }}>
        {board ? `${board.name}: blind votes of people, 95% intervals` : "On no board yet"}
      </p>
    </Card>
  );
}

const isRanked = ({ rank }: RankedModel): boolean => rank !== null;

const shortened = (text: string, letters: number): string =>
  text.length > letters ? `${text.slice(0, letters - 1)}…` : text;

function Card({ site, title, children }: { site: string; title: string; children: React.ReactNode }) {
  return (
    <div
      style={{
        display: "flex",
        flexDirection: "column",
        width: "100%",
        height: "100%",
        padding: "48px 64px",
        background: PAGE,
        color: INK,
      }}
    >
      <span style={{ fontSize: 30, color: ACCENT }}>{site}</span>
      <span style={{ fontSize: 60, marginTop: 4 }}>{title}</span>
      {children}
    </div>
  );
}

function Figure({ label, value, note }: { label: string; value: string; note: string }) {
  return (
    <div style={{ display: "flex", flexDirection: "column", marginRight: 90 }}>
      <span style={{ fontSize: 30, color: MUTED }}>{label}</span>
      <span style={{ fontSize: 84 }}>{value}</span>
      <span style={{ fontSize: 28, color: MUTED }}>{note}</span>
    </div>
  );
}
