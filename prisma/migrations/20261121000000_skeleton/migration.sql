-- CreateEnum
CREATE TYPE "inbox_state" AS ENUM ('open', 'done', 'parked');

-- CreateEnum
CREATE TYPE "outbox_state" AS ENUM ('open', 'done', 'failed', 'unknown', 'expired', 'withdrawn');

-- CreateEnum
CREATE TYPE "reminder_state" AS ENUM ('open', 'settled');

-- CreateTable
CREATE TABLE "card" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "card_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "card_copy" (
    "id" UUID NOT NULL,
    "card_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "handle" TEXT,
    "code" TEXT,
    "code_until" TIMESTAMPTZ(3),
    "shown" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "card_copy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "product_line" TEXT,
    "owner_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "provisional" BOOLEAN NOT NULL DEFAULT false,
    "customer_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message" (
    "id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "source_key" TEXT NOT NULL,
    "contact_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "speaker" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "said_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "finding" JSONB,

    CONSTRAINT "message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "follow" (
    "contact_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),

    CONSTRAINT "follow_pkey" PRIMARY KEY ("contact_id","person_id")
);

-- CreateTable
CREATE TABLE "message_label" (
    "message_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "change" BOOLEAN NOT NULL,
    "question" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_label_pkey" PRIMARY KEY ("message_id","person_id")
);

-- CreateTable
CREATE TABLE "team" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "roles" TEXT[],
    "team_id" UUID,
    "manager_id" UUID,
    "left_at" TIMESTAMPTZ(3),

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identity" (
    "id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "person_id" UUID,
    "contact_id" UUID,

    CONSTRAINT "identity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "requirement" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "customer_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "terms" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "requirement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "requirement_change" (
    "id" UUID NOT NULL,
    "requirement_id" UUID NOT NULL,
    "step" INTEGER NOT NULL,
    "types" TEXT[],
    "slots" JSONB NOT NULL,
    "note" TEXT,
    "captured_by_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "captured_at" TIMESTAMPTZ(3) NOT NULL,
    "undo_until" TIMESTAMPTZ(3) NOT NULL,
    "undone_at" TIMESTAMPTZ(3),
    "corrects" INTEGER,
    "terms_before" JSONB NOT NULL,
    "evidence_salt" TEXT NOT NULL,
    "evidence_hash" TEXT NOT NULL,
    "reply_sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "requirement_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evidence" (
    "change_id" UUID NOT NULL,
    "messages" JSONB NOT NULL,

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("change_id")
);

-- CreateTable
CREATE TABLE "ask" (
    "id" UUID NOT NULL,
    "change_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "stands_in_for" TEXT,
    "card_id" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3),
    "verdict" TEXT,
    "note" TEXT,
    "answered_at" TIMESTAMPTZ(3),
    "answered_by_id" UUID,
    "closed_at" TIMESTAMPTZ(3),
    "closed_why" TEXT,

    CONSTRAINT "ask_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbox" (
    "seq" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "lane" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "trace" TEXT NOT NULL,
    "state" "inbox_state" NOT NULL DEFAULT 'open',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "not_before" TIMESTAMPTZ(3),
    "reason" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "inbox_key" (
    "key" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_key_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "lane" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "trace" TEXT NOT NULL,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "state" "outbox_state" NOT NULL DEFAULT 'open',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "retry_at" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3),
    "called_at" TIMESTAMPTZ(3),
    "unknowns" INTEGER NOT NULL DEFAULT 0,
    "receipt" JSONB,
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reminder" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "state" "reminder_state" NOT NULL DEFAULT 'open',
    "level" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "settled_by" TEXT,
    "trace" TEXT NOT NULL,

    CONSTRAINT "reminder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clock_offset" (
    "id" INTEGER NOT NULL,
    "offset_ms" BIGINT NOT NULL,

    CONSTRAINT "clock_offset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "verb" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "trace" TEXT NOT NULL,
    "salt" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL,
    "link" BIGINT,
    "hash" TEXT,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_content" (
    "entry_id" BIGINT NOT NULL,
    "content" JSONB NOT NULL,

    CONSTRAINT "audit_content_pkey" PRIMARY KEY ("entry_id")
);

-- CreateTable
CREATE TABLE "rule" (
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "value" JSONB NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rule_pkey" PRIMARY KEY ("name","version")
);

-- CreateTable
CREATE TABLE "screen_write" (
    "request_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "route" TEXT NOT NULL,
    "answer" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "screen_write_pkey" PRIMARY KEY ("request_id")
);

-- CreateTable
CREATE TABLE "session" (
    "token_hash" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "archive_cursor" (
    "source" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "pulled_at" TIMESTAMPTZ(3),
    "reason" TEXT,

    CONSTRAINT "archive_cursor_pkey" PRIMARY KEY ("source")
);

-- CreateTable
CREATE TABLE "worker_beat" (
    "worker" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "worker_beat_pkey" PRIMARY KEY ("worker")
);

-- CreateIndex
CREATE UNIQUE INDEX "card_kind_subject_key" ON "card"("kind", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "card_copy_card_id_person_id_platform_key" ON "card_copy"("card_id", "person_id", "platform");

-- CreateIndex
CREATE INDEX "customer_owner_id_idx" ON "customer"("owner_id");

-- CreateIndex
CREATE INDEX "contact_customer_id_idx" ON "contact"("customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "message_source_key_key" ON "message"("source_key");

-- CreateIndex
CREATE INDEX "message_contact_id_person_id_said_at_idx" ON "message"("contact_id", "person_id", "said_at");

-- CreateIndex
CREATE INDEX "follow_person_id_idx" ON "follow"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "team_name_key" ON "team"("name");

-- CreateIndex
CREATE INDEX "person_team_id_idx" ON "person"("team_id");

-- CreateIndex
CREATE INDEX "identity_person_id_idx" ON "identity"("person_id");

-- CreateIndex
CREATE INDEX "identity_contact_id_idx" ON "identity"("contact_id");

-- CreateIndex
CREATE UNIQUE INDEX "identity_platform_organisation_kind_value_key" ON "identity"("platform", "organisation", "kind", "value");

-- CreateIndex
CREATE UNIQUE INDEX "requirement_number_key" ON "requirement"("number");

-- CreateIndex
CREATE INDEX "requirement_customer_id_idx" ON "requirement"("customer_id");

-- CreateIndex
CREATE INDEX "requirement_change_contact_id_captured_at_idx" ON "requirement_change"("contact_id", "captured_at");

-- CreateIndex
CREATE UNIQUE INDEX "requirement_change_requirement_id_step_key" ON "requirement_change"("requirement_id", "step");

-- CreateIndex
CREATE INDEX "ask_person_id_idx" ON "ask"("person_id");

-- CreateIndex
CREATE INDEX "ask_card_id_idx" ON "ask"("card_id");

-- CreateIndex
CREATE UNIQUE INDEX "ask_change_id_purpose_role_key" ON "ask"("change_id", "purpose", "role");

-- CreateIndex
CREATE UNIQUE INDEX "inbox_key_key" ON "inbox"("key");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_key_key" ON "outbox"("key");

-- CreateIndex
CREATE UNIQUE INDEX "audit_entry_link_key" ON "audit_entry"("link");

-- AddForeignKey
ALTER TABLE "card_copy" ADD CONSTRAINT "card_copy_card_id_fkey" FOREIGN KEY ("card_id") REFERENCES "card"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "card_copy" ADD CONSTRAINT "card_copy_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer" ADD CONSTRAINT "customer_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "follow" ADD CONSTRAINT "follow_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "follow" ADD CONSTRAINT "follow_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_label" ADD CONSTRAINT "message_label_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "requirement" ADD CONSTRAINT "requirement_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "requirement_change" ADD CONSTRAINT "requirement_change_requirement_id_fkey" FOREIGN KEY ("requirement_id") REFERENCES "requirement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "requirement_change" ADD CONSTRAINT "requirement_change_captured_by_id_fkey" FOREIGN KEY ("captured_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_change_id_fkey" FOREIGN KEY ("change_id") REFERENCES "requirement_change"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ask" ADD CONSTRAINT "ask_change_id_fkey" FOREIGN KEY ("change_id") REFERENCES "requirement_change"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ask" ADD CONSTRAINT "ask_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ask" ADD CONSTRAINT "ask_card_id_fkey" FOREIGN KEY ("card_id") REFERENCES "card"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ask" ADD CONSTRAINT "ask_answered_by_id_fkey" FOREIGN KEY ("answered_by_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_content" ADD CONSTRAINT "audit_content_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "audit_entry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- Written by hand: what Prisma's schema language can't say.

-- The hot look-ups touch open rows only.
CREATE INDEX "inbox_open_lane" ON "inbox" ("lane", "seq") WHERE "state" = 'open';
CREATE INDEX "outbox_open_lane" ON "outbox" ("lane", "priority" DESC, "id") WHERE "state" = 'open';
CREATE INDEX "outbox_open_due" ON "outbox" ("not_before") WHERE "state" = 'open';
CREATE INDEX "reminder_open_due" ON "reminder" ("due_at") WHERE "state" = 'open';
CREATE UNIQUE INDEX "reminder_open_once" ON "reminder" ("kind", "subject") WHERE "state" = 'open';
CREATE INDEX "audit_entry_unsealed" ON "audit_entry" ("id") WHERE "link" IS NULL;

-- Evidence and audit entries are never changed. The content of either may be erased by right (a DELETE of the content row);
-- the sealer may fill in link and hash once.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% rows are never changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER evidence_is_final BEFORE UPDATE ON "evidence" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_content_is_final BEFORE UPDATE ON "audit_content" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entry_is_kept BEFORE DELETE ON "audit_entry" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entry_is_final BEFORE UPDATE ON "audit_entry" FOR EACH ROW
  WHEN (OLD."link" IS NOT NULL OR (OLD."at", OLD."actor", OLD."verb", OLD."subject", OLD."trace", OLD."salt", OLD."content_hash")
    IS DISTINCT FROM (NEW."at", NEW."actor", NEW."verb", NEW."subject", NEW."trace", NEW."salt", NEW."content_hash"))
  EXECUTE FUNCTION refuse_change();

-- The business clock: one row, only forward.
INSERT INTO "clock_offset" ("id", "offset_ms") VALUES (1, 0);
CREATE FUNCTION refuse_backward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."offset_ms" < OLD."offset_ms" THEN
    RAISE EXCEPTION 'the business clock only moves forward' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER clock_only_forward BEFORE UPDATE ON "clock_offset" FOR EACH ROW EXECUTE FUNCTION refuse_backward();
