namespace Nario.Store.Local.Database;

/// <summary>The tables of a store's database, shared with Nix.</summary>
internal static class StoreSchema
{
    /// <summary>The version that the file <c>schema</c> of a store says; no other is understood.</summary>
    public const int Version = 10;

    /// <summary>Makes the tables of a new store, the same that Nix 2.8 makes.</summary>
    public const string CreateTables = """
        create table if not exists ValidPaths (
            id               integer primary key autoincrement not null,
            path             text unique not null,
            hash             text not null,
            registrationTime integer not null,
            deriver          text,
            narSize          integer,
            ultimate         integer,
            sigs             text,
            ca               text
        );

        create table if not exists Refs (
            referrer  integer not null,
            reference integer not null,
            primary key (referrer, reference),
            foreign key (referrer) references ValidPaths(id) on delete cascade,
            foreign key (reference) references ValidPaths(id) on delete restrict
        );

        create index if not exists IndexReferrer on Refs(referrer);
        create index if not exists IndexReference on Refs(reference);

        create trigger if not exists DeleteSelfRefs before delete on ValidPaths
          begin
            delete from Refs where referrer = old.id and reference = old.id;
          end;

        create table if not exists DerivationOutputs (
            drv  integer not null,
            id   text not null,
            path text not null,
            primary key (drv, id),
            foreign key (drv) references ValidPaths(id) on delete cascade
        );

        create index if not exists IndexDerivationOutputs on DerivationOutputs(path);
        """;
}
