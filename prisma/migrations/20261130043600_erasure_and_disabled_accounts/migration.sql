-- AlterTable
ALTER TABLE "users" ADD COLUMN     "disabled_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "prompts" ADD COLUMN     "erased_at" TIMESTAMPTZ(3);
