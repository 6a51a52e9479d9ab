-- CreateEnum
CREATE TYPE "quote_state" AS ENUM ('draft', 'sent', 'accepted', 'declined', 'withdrawn');

-- AlterTable
ALTER TABLE "customer" ADD COLUMN     "credit_fen" BIGINT,
ADD COLUMN     "region" TEXT;

-- AlterTable
ALTER TABLE "opportunity" ADD COLUMN     "invalid_at" TIMESTAMPTZ(3),
ADD COLUMN     "invalid_by_id" UUID,
ADD COLUMN     "invalid_why" TEXT,
ADD COLUMN     "quoted_at" TIMESTAMPTZ(3),
ADD COLUMN     "quoted_how" TEXT;

-- CreateTable
CREATE TABLE "product" (
    "id" UUID NOT NULL,
    "code" TEXT,
    "name" TEXT NOT NULL,
    "spec" TEXT,
    "unit" TEXT NOT NULL,
    "line" TEXT,
    "nicknames" TEXT[],
    "search" TEXT NOT NULL,
    "price" DECIMAL(18,6),
    "cost" DECIMAL(18,6),
    "tax_bp" INTEGER NOT NULL DEFAULT 1300,
    "stock" DECIMAL(18,3),
    "stock_at" TIMESTAMPTZ(3),
    "params" JSONB NOT NULL DEFAULT '[]',
    "stopped_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "product_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "product_picture" (
    "id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "data" BYTEA NOT NULL,
    "small" BYTEA NOT NULL,
    "dropped_at" TIMESTAMPTZ(3),

    CONSTRAINT "product_picture_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "price_book" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "tiers" TEXT[],
    "valid_from" DATE,
    "valid_until" DATE,
    "discount_bp" INTEGER,
    "margin_bp" INTEGER,
    "rebates" JSONB NOT NULL DEFAULT '[]',
    "stopped_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "price_book_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "book_price" (
    "book_id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "price" DECIMAL(18,6),
    "steps" JSONB NOT NULL DEFAULT '[]',
    "margin_bp" INTEGER,

    CONSTRAINT "book_price_pkey" PRIMARY KEY ("book_id","product_id")
);

-- CreateTable
CREATE TABLE "tech_risk" (
    "id" UUID NOT NULL,
    "customer_id" UUID,
    "product_id" UUID,
    "words" TEXT NOT NULL,
    "opened_by_id" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "closed_words" TEXT,

    CONSTRAINT "tech_risk_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "product_import" (
    "id" UUID NOT NULL,
    "by_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "book_id" UUID,
    "headers" JSONB NOT NULL,
    "mapping" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "product_import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "product_import_row" (
    "id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "cells" JSONB NOT NULL,
    "error" TEXT,
    "product_id" UUID,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "product_import_row_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quote" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "customer_id" UUID NOT NULL,
    "contact_id" UUID,
    "opportunity_id" UUID,
    "requirement_id" UUID,
    "owner_id" UUID NOT NULL,
    "state" "quote_state" NOT NULL DEFAULT 'draft',
    "draft" JSONB,
    "draft_rev" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "requested_at" TIMESTAMPTZ(3),
    "first_sent_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "quote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quote_version" (
    "id" UUID NOT NULL,
    "quote_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "content_hash" TEXT NOT NULL,
    "total_fen" BIGINT NOT NULL,
    "cost_fen" BIGINT,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_by_id" UUID NOT NULL,
    "valid_until" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),
    "given_at" TIMESTAMPTZ(3),
    "opened_at" TIMESTAMPTZ(3),

    CONSTRAINT "quote_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quote_link" (
    "id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "version_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "quote_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quote_visit" (
    "id" UUID NOT NULL,
    "link_id" UUID NOT NULL,
    "viewer" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "contact_id" UUID,
    "device" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "opens" INTEGER NOT NULL DEFAULT 1,
    "sections" JSONB NOT NULL DEFAULT '{}',
    "stopped_at" TEXT,

    CONSTRAINT "quote_visit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quote_answer" (
    "id" UUID NOT NULL,
    "quote_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "request_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "visit_id" UUID,
    "contact_id" UUID,
    "name" TEXT,
    "phone" TEXT,
    "words" TEXT,
    "signature" BYTEA,
    "ip" TEXT NOT NULL,
    "device" TEXT NOT NULL,
    "wants_stamp" BOOLEAN NOT NULL DEFAULT false,
    "stamped_at" TIMESTAMPTZ(3),
    "change_id" UUID,
    "reply" TEXT,
    "replied_at" TIMESTAMPTZ(3),
    "replied_by_id" UUID,

    CONSTRAINT "quote_answer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quote_file" (
    "id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "answer_id" UUID,
    "kind" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "data" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "quote_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quote_approval" (
    "id" UUID NOT NULL,
    "quote_id" UUID NOT NULL,
    "content_hash" TEXT NOT NULL,
    "findings" JSONB NOT NULL,
    "note" TEXT,
    "asked_by_id" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'asked',
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "answer" TEXT,
    "instalments" JSONB,

    CONSTRAINT "quote_approval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outside_quote" (
    "id" UUID NOT NULL,
    "opportunity_id" UUID NOT NULL,
    "message_id" UUID,
    "total_fen" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "outside_quote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contract" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "quote_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "total_fen" BIGINT NOT NULL,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contract_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "product_code_key" ON "product"("code");

-- CreateIndex
CREATE INDEX "product_line_idx" ON "product"("line");

-- CreateIndex
CREATE INDEX "product_picture_product_id_position_idx" ON "product_picture"("product_id", "position");

-- CreateIndex
CREATE INDEX "book_price_product_id_idx" ON "book_price"("product_id");

-- CreateIndex
CREATE INDEX "tech_risk_customer_id_idx" ON "tech_risk"("customer_id");

-- CreateIndex
CREATE INDEX "tech_risk_product_id_idx" ON "tech_risk"("product_id");

-- CreateIndex
CREATE INDEX "product_import_at_idx" ON "product_import"("at");

-- CreateIndex
CREATE UNIQUE INDEX "product_import_row_import_id_line_key" ON "product_import_row"("import_id", "line");

-- CreateIndex
CREATE UNIQUE INDEX "quote_number_key" ON "quote"("number");

-- CreateIndex
CREATE INDEX "quote_customer_id_created_at_idx" ON "quote"("customer_id", "created_at");

-- CreateIndex
CREATE INDEX "quote_owner_id_created_at_idx" ON "quote"("owner_id", "created_at");

-- CreateIndex
CREATE INDEX "quote_opportunity_id_idx" ON "quote"("opportunity_id");

-- CreateIndex
CREATE INDEX "quote_version_sent_at_idx" ON "quote_version"("sent_at");

-- CreateIndex
CREATE UNIQUE INDEX "quote_version_quote_id_version_key" ON "quote_version"("quote_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "quote_link_hash_key" ON "quote_link"("hash");

-- CreateIndex
CREATE INDEX "quote_link_version_id_idx" ON "quote_link"("version_id");

-- CreateIndex
CREATE UNIQUE INDEX "quote_visit_link_id_viewer_key" ON "quote_visit"("link_id", "viewer");

-- CreateIndex
CREATE UNIQUE INDEX "quote_visit_link_id_number_key" ON "quote_visit"("link_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "quote_answer_request_id_key" ON "quote_answer"("request_id");

-- CreateIndex
CREATE INDEX "quote_answer_quote_id_at_idx" ON "quote_answer"("quote_id", "at");

-- CreateIndex
CREATE INDEX "quote_answer_version_id_idx" ON "quote_answer"("version_id");

-- CreateIndex
CREATE INDEX "quote_file_version_id_kind_idx" ON "quote_file"("version_id", "kind");

-- CreateIndex
CREATE INDEX "quote_approval_quote_id_idx" ON "quote_approval"("quote_id");

-- CreateIndex
CREATE UNIQUE INDEX "outside_quote_opportunity_id_message_id_key" ON "outside_quote"("opportunity_id", "message_id");

-- CreateIndex
CREATE UNIQUE INDEX "contract_number_key" ON "contract"("number");

-- CreateIndex
CREATE UNIQUE INDEX "contract_quote_id_key" ON "contract"("quote_id");

-- CreateIndex
CREATE INDEX "contract_customer_id_idx" ON "contract"("customer_id");

-- CreateIndex
CREATE INDEX "opportunity_created_at_idx" ON "opportunity"("created_at");

-- AddForeignKey
ALTER TABLE "product_picture" ADD CONSTRAINT "product_picture_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "book_price" ADD CONSTRAINT "book_price_book_id_fkey" FOREIGN KEY ("book_id") REFERENCES "price_book"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "book_price" ADD CONSTRAINT "book_price_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tech_risk" ADD CONSTRAINT "tech_risk_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tech_risk" ADD CONSTRAINT "tech_risk_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tech_risk" ADD CONSTRAINT "tech_risk_opened_by_id_fkey" FOREIGN KEY ("opened_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "product_import" ADD CONSTRAINT "product_import_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "product_import_row" ADD CONSTRAINT "product_import_row_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "product_import"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quote" ADD CONSTRAINT "quote_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quote" ADD CONSTRAINT "quote_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quote" ADD CONSTRAINT "quote_opportunity_id_fkey" FOREIGN KEY ("opportunity_id") REFERENCES "opportunity"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quote" ADD CONSTRAINT "quote_requirement_id_fkey" FOREIGN KEY ("requirement_id") REFERENCES "requirement"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quote" ADD CONSTRAINT "quote_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quote_version" ADD CONSTRAINT "quote_version_quote_id_fkey" FOREIGN KEY ("quote_id") REFERENCES "quote"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quote_version" ADD CONSTRAINT "quote_version_sent_by_id_fkey" FOREIGN KEY ("sent_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quote_link" ADD CONSTRAINT "quote_link_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "quote_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quote_visit" ADD CONSTRAINT "quote_visit_link_id_fkey" FOREIGN KEY ("link_id") REFERENCES "quote_link"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quote_visit" ADD CONSTRAINT "quote_visit_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quote_answer" ADD CONSTRAINT "quote_answer_quote_id_fkey" FOREIGN KEY ("quote_id") REFERENCES "quote"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quote_answer" ADD CONSTRAINT "quote_answer_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "quote_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quote_file" ADD CONSTRAINT "quote_file_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "quote_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quote_file" ADD CONSTRAINT "quote_file_answer_id_fkey" FOREIGN KEY ("answer_id") REFERENCES "quote_answer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quote_approval" ADD CONSTRAINT "quote_approval_quote_id_fkey" FOREIGN KEY ("quote_id") REFERENCES "quote"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quote_approval" ADD CONSTRAINT "quote_approval_asked_by_id_fkey" FOREIGN KEY ("asked_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quote_approval" ADD CONSTRAINT "quote_approval_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outside_quote" ADD CONSTRAINT "outside_quote_opportunity_id_fkey" FOREIGN KEY ("opportunity_id") REFERENCES "opportunity"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contract" ADD CONSTRAINT "contract_quote_id_fkey" FOREIGN KEY ("quote_id") REFERENCES "quote"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contract" ADD CONSTRAINT "contract_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- A quote is accepted once; a version has one PDF, an acceptance one of its own.
CREATE UNIQUE INDEX "quote_answer_one_accept" ON "quote_answer"("quote_id") WHERE "kind" = 'accept';
CREATE UNIQUE INDEX "quote_file_one_pdf" ON "quote_file"("version_id") WHERE "kind" = 'pdf';
CREATE UNIQUE INDEX "quote_file_one_accepted" ON "quote_file"("answer_id") WHERE "kind" = 'accepted-pdf';
-- One draft waits for one decision.
CREATE UNIQUE INDEX "quote_approval_one_asked" ON "quote_approval"("quote_id") WHERE "state" = 'asked';

-- What was sent stays what was sent.
CREATE TRIGGER quote_version_is_kept BEFORE DELETE ON "quote_version" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER quote_version_is_final BEFORE UPDATE ON "quote_version" FOR EACH ROW
  WHEN ((OLD."quote_id", OLD."version", OLD."content", OLD."content_hash", OLD."total_fen", OLD."cost_fen", OLD."sent_at", OLD."valid_until")
    IS DISTINCT FROM (NEW."quote_id", NEW."version", NEW."content", NEW."content_hash", NEW."total_fen", NEW."cost_fen", NEW."sent_at", NEW."valid_until"))
  EXECUTE FUNCTION refuse_change();
CREATE TRIGGER quote_file_is_final BEFORE UPDATE ON "quote_file" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER product_picture_is_final BEFORE UPDATE ON "product_picture" FOR EACH ROW
  WHEN ((OLD."data", OLD."small", OLD."type") IS DISTINCT FROM (NEW."data", NEW."small", NEW."type"))
  EXECUTE FUNCTION refuse_change();
