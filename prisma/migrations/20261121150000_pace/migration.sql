-- AlterTable
ALTER TABLE "archive_cursor" ADD COLUMN     "gap" TEXT;

-- Written by hand: how many messages a member was sent lately (jobs/pace.ts).
CREATE INDEX "outbox_sent" ON "outbox" ("lane", "called_at") WHERE "kind" IN ('send-card', 'send-text') AND "called_at" IS NOT NULL;
