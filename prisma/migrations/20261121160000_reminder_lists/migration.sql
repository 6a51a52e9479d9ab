-- Written by hand: a manager's lists stay quick at a million rows.
CREATE INDEX "reminder_open_since" ON "reminder" ("started_at", "id") WHERE "state" = 'open';
CREATE INDEX "reminder_settled" ON "reminder" ("settled_at" DESC, "id") WHERE "state" = 'settled';
