-- AlterTable
ALTER TABLE "boards" ADD COLUMN     "counts_live_votes" BOOLEAN NOT NULL DEFAULT false;

-- What has such votes goes on counting them until who runs it says otherwise: no published rating moves by an upgrade.
UPDATE "boards" b SET "counts_live_votes" = true
WHERE EXISTS (SELECT FROM "pair_counts" c WHERE c.board_id = b.id AND c.category = 'live');
