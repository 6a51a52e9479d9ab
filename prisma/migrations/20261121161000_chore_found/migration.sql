-- AlterTable
ALTER TABLE "chore" ADD COLUMN     "found" JSONB;
