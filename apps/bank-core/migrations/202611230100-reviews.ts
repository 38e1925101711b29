import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: RKN-S2 and RKN-S3 at work. Templates and submissions belong to the federation as one party, since one
 * submission serves many institutions; standards, gaps, filings and comments are each institution's own. Evidence
 * stands apart from its bytes, which nobody reads before they are scanned or released (T-25). Creates only.
 */
export class Reviews202611230100 implements MigrationInterface {
  readonly name = 'Reviews202611230100';

  async up(run: QueryRunner): Promise<void> {
    await run.query(TEMPLATES);
    await run.query(EVIDENCE);
    await run.query(SUBMISSIONS);
    await run.query(STANDARDS);
    await run.query(FILINGS);
  }

  async down(): Promise<void> {
    throw new Error('What was submitted and accepted is not forgotten: restore a backup instead.');
  }
}

const TEMPLATES = `
  create table federation.checklist_template (
    template_id text not null check (template_id ~ '^[a-z0-9][a-z0-9-]{2,39}$'),
    version integer not null check (version >= 1),
    title_ja text not null check (length(title_ja) between 1 and 200),
    title_en text not null check (length(title_en) between 1 and 200),
    -- Canonical JSON; the database computes the hash again.
    items text not null,
    content_hash text not null
      check (content_hash = 'sha256:' || encode(sha256(convert_to(items, 'UTF8')), 'hex')),
    imported_by text not null,
    imported_at timestamptz not null,
    primary key (template_id, version)
  );
  create trigger checklist_template_is_append_only before update or delete or truncate
    on federation.checklist_template for each statement execute function renkei_refuse_change();
  grant select, insert on federation.checklist_template to renkei_bank_app;
`;

const EVIDENCE = `
  create table federation.evidence_file (
    id text primary key check (id ~ '^evd_[0-9a-hjkmnp-tv-z]{26}$'),
    epsp_id text not null references federation.intermediary,
    file_name text not null check (length(file_name) between 1 and 200),
    -- Judged by the content, never by what the sender called it.
    media_type text not null,
    size_bytes integer not null check (size_bytes between 1 and 10485760),
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    state text not null default 'quarantined' check (state in ('quarantined', 'clean', 'infected')),
    -- What the scanner said, such as the name of what it found.
    verdict text,
    uploaded_by text not null,
    uploaded_at timestamptz not null,
    scanned_at timestamptz,
    check ((state = 'quarantined') = (scanned_at is null)),
    -- The same bytes are the same evidence, however often they are sent.
    unique (epsp_id, sha256)
  );
  create index evidence_waiting on federation.evidence_file (uploaded_at) where state = 'quarantined';
  create table federation.evidence_content (
    evidence_id text primary key references federation.evidence_file,
    bytes bytea not null
  );
  alter table federation.evidence_content alter column bytes set storage external;
  create trigger evidence_content_is_append_only before update or delete or truncate
    on federation.evidence_content for each statement execute function renkei_refuse_change();
  create function federation.evidence_is_scanned_once() returns trigger language plpgsql as $$
  begin
    if old.state <> 'quarantined' then raise exception '% was scanned', old.id; end if;
    return new;
  end $$;
  create trigger evidence_is_scanned_once before update on federation.evidence_file
    for each row execute function federation.evidence_is_scanned_once();
  grant select, insert, update (state, verdict, scanned_at) on federation.evidence_file to renkei_bank_app;
  grant select, insert on federation.evidence_content to renkei_bank_app;
`;

const SUBMISSIONS = `
  create table federation.submission (
    id text primary key check (id ~ '^sub_[0-9a-hjkmnp-tv-z]{26}$'),
    epsp_id text not null references federation.intermediary,
    -- The submission whose answers it began with; the difference is shown against it (RKN-S3a/a).
    based_on text references federation.submission,
    begun_at timestamptz not null,
    submitted_at timestamptz,
    submitted_by text,
    -- Of what was submitted: canonical JSON with the items as they were shown; nothing changes it any more.
    content text,
    content_hash text
      check (content_hash = 'sha256:' || encode(sha256(convert_to(content, 'UTF8')), 'hex')),
    check ((submitted_at is null) = (content is null)),
    check ((submitted_at is null) = (content_hash is null)),
    check ((submitted_at is null) = (submitted_by is null))
  );
  create index submission_by_epsp on federation.submission (epsp_id, id);
  create unique index submission_draft on federation.submission (epsp_id) where submitted_at is null;

  create table federation.submission_answer (
    submission_id text not null references federation.submission,
    item_id text not null,
    -- The digest of the item's words that were answered: other words are another question.
    wording text not null check (wording ~ '^sha256:[0-9a-f]{64}$'),
    answer jsonb not null,
    version integer not null check (version >= 1),
    updated_at timestamptz not null,
    primary key (submission_id, item_id, wording)
  );
  -- A submission that was made is binding: RKN-S3a/a, whatever the application believes.
  create function federation.submission_is_immutable() returns trigger language plpgsql as $$
  begin
    if old.submitted_at is not null then
      raise exception 'the submission % was made and is not changed (RKN-S3a)', old.id;
    end if;
    return new;
  end $$;
  create trigger submission_is_immutable before update on federation.submission
    for each row execute function federation.submission_is_immutable();
  create function federation.answer_is_of_a_draft() returns trigger language plpgsql as $$
  begin
    if exists (select from federation.submission s
               where s.id = new.submission_id and s.submitted_at is not null) then
      raise exception 'the submission % was made and is not changed (RKN-S3a)', new.submission_id;
    end if;
    return new;
  end $$;
  create trigger answer_is_of_a_draft before insert or update on federation.submission_answer
    for each row execute function federation.answer_is_of_a_draft();

  -- Where a submission was sent; the row is the truth until each institution has taken it in.
  create table federation.submission_target (
    submission_id text not null references federation.submission,
    institution_id smallint not null references institution,
    asked_at timestamptz not null,
    filed_at timestamptz,
    refused text,
    primary key (submission_id, institution_id)
  );
  create index submission_target_open on federation.submission_target (asked_at)
    where filed_at is null and refused is null;

  grant select, insert, update (submitted_at, submitted_by, content, content_hash)
    on federation.submission to renkei_bank_app;
  grant select, insert, update (answer, version, updated_at) on federation.submission_answer
    to renkei_bank_app;
  grant select, insert, update (asked_at, filed_at, refused) on federation.submission_target
    to renkei_bank_app;
`;

const STANDARDS = `
  -- 金融機関の定める基準 (RKN-S3b), version by version; what was published is never edited.
  create table standard_version (
    institution_id smallint not null references institution,
    version integer not null check (version >= 1),
    effective_from date not null,
    template_id text not null,
    template_version integer not null,
    items text not null,
    content_hash text not null
      check (content_hash = 'sha256:' || encode(sha256(convert_to(items, 'UTF8')), 'hex')),
    -- The decision of two people; null only for what was seeded.
    proposal_id text,
    published_at timestamptz not null,
    primary key (institution_id, version),
    foreign key (template_id, template_version) references federation.checklist_template
  );
  call renkei_guard_tenant('standard_version');
  create trigger standard_version_is_append_only before update or delete or truncate
    on standard_version for each statement execute function renkei_refuse_change();

  -- One row per item that a new standard added or changed and an intermediary does not yet meet (RKN-S3b/a).
  create table standard_gap (
    institution_id smallint not null,
    version integer not null,
    epsp_id text not null references federation.intermediary,
    item_id text not null,
    kind text not null check (kind in ('added', 'changed')),
    opened_at timestamptz not null,
    due_at timestamptz not null check (due_at > opened_at),
    ended_at timestamptz,
    ended_by text check (ended_by in ('accepted', 'superseded')),
    submission_id text,
    check ((ended_at is null) = (ended_by is null)),
    check ((ended_by = 'accepted') = (submission_id is not null)),
    primary key (institution_id, version, epsp_id, item_id),
    foreign key (institution_id, version) references standard_version
  );
  create index standard_gap_open on standard_gap (institution_id, epsp_id) where ended_at is null;
  call renkei_guard_tenant('standard_gap');
  grant select, insert on standard_version to renkei_bank_app;
  grant select, insert, update (ended_at, ended_by, submission_id) on standard_gap to renkei_bank_app;
`;

const FILINGS = `
  -- A submission as one institution received it: each reviews and accepts for itself.
  create table submission_filing (
    institution_id smallint not null references institution,
    submission_id text not null references federation.submission,
    epsp_id text not null references federation.intermediary,
    standard_version integer not null,
    filed_at timestamptz not null,
    accepted_at timestamptz,
    accepted_version integer,
    proposal_id text,
    check ((accepted_at is null) = (accepted_version is null)),
    check ((accepted_at is null) = (proposal_id is null)),
    primary key (institution_id, submission_id),
    foreign key (institution_id, standard_version) references standard_version (institution_id, version),
    foreign key (institution_id, accepted_version) references standard_version (institution_id, version)
  );
  create index submission_filing_by_epsp on submission_filing (institution_id, epsp_id, submission_id);
  call renkei_guard_tenant('submission_filing');
  create function filing_is_accepted_once() returns trigger language plpgsql as $$
  begin
    if old.accepted_at is not null then
      raise exception 'the submission % is accepted and binding (RKN-S3a)', old.submission_id;
    end if;
    return new;
  end $$;
  create trigger filing_is_accepted_once before update on submission_filing
    for each row execute function filing_is_accepted_once();

  create table review_comment (
    institution_id smallint not null,
    id text not null check (id ~ '^cmt_[0-9a-hjkmnp-tv-z]{26}$'),
    submission_id text not null,
    -- Null: about the submission as a whole.
    item_id text,
    side text not null check (side in ('institution', 'epsp')),
    author text not null,
    -- What the reviewer makes of the answer; the last one counts.
    mark text check (mark in ('sufficient', 'question', 'insufficient')),
    -- Not shown to the intermediary.
    internal boolean not null,
    body text not null check (length(body) between 1 and 4000),
    written_at timestamptz not null,
    check (side = 'institution' or (mark is null and not internal)),
    check (mark is null or item_id is not null),
    primary key (institution_id, id),
    foreign key (institution_id, submission_id) references submission_filing
  );
  create index review_comment_of on review_comment (institution_id, submission_id, id);
  call renkei_guard_tenant('review_comment');
  create trigger review_comment_is_append_only before update or delete or truncate
    on review_comment for each statement execute function renkei_refuse_change();

  -- Two people of an institution let its officers open a file that no scanner has judged (T-25).
  create table evidence_release (
    institution_id smallint not null references institution,
    evidence_id text not null references federation.evidence_file,
    sha256 text not null,
    examination text not null check (length(examination) between 1 and 4000),
    proposal_id text not null,
    released_at timestamptz not null,
    primary key (institution_id, evidence_id)
  );
  call renkei_guard_tenant('evidence_release');
  create trigger evidence_release_is_append_only before update or delete or truncate
    on evidence_release for each statement execute function renkei_refuse_change();

  grant select, insert, update (accepted_at, accepted_version, proposal_id) on submission_filing
    to renkei_bank_app;
  grant select, insert on review_comment, evidence_release to renkei_bank_app;
`;
