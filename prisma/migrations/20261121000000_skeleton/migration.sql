
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
