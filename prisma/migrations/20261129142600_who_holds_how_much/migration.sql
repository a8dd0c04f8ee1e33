-- AlterTable
ALTER TABLE "Judge" ADD COLUMN     "addressHash" TEXT;

-- AlterTable
ALTER TABLE "ReferenceSet" ADD COLUMN     "addressHash" TEXT;

-- AlterTable
ALTER TABLE "Model" ADD COLUMN     "addressHash" TEXT;
